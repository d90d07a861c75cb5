import type { Protocol } from '../../model/specification.ts';
import { prepareHttpAttempt } from './http.ts';
import type { PrepareAttempt } from './outcome.ts';
import { prepareTcpAttempt } from './tcp.ts';
import { prepareUdpAttempt } from './udp.ts';

/** How an attempt is made, by protocol. */
export const prepareAttempt: Record<Protocol, PrepareAttempt> = { http: prepareHttpAttempt, tcp: prepareTcpAttempt, udp: prepareUdpAttempt };
