export { correctDecisions } from './correct/index.ts';
export type { Decisions } from './decisions.ts';
export { createDataPlane } from './plane.ts';
export type { DataPlane } from './plane.ts';
export type { Passage, RequestHead, RouteMatch, Service, ServicePort, Transport } from './model.ts';
export type { Endpoint } from './routing.ts';
export { startWarnings } from './warnings.ts';
