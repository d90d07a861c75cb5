export { decodeIdentityBinding, decodeTrafficTarget } from './access.ts';
export { decodePod, decodeService } from './core.ts';
export { decodeRoute } from './routes.ts';
export { decodeTrafficSplit } from './split.ts';
