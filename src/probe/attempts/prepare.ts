import type { Protocol } from '../../model/specification.ts';
import { prepareH2cAttempt } from './h2c.ts';
import { prepareHttpAttempt } from './http.ts';
import type { PrepareAttempt } from './outcome.ts';
import { prepareTcpAttempt } from './tcp.ts';
import { prepareTcpFirstAttempt } from './tcp-first.ts';
import { prepareUdpAttempt } from './udp.ts';

/** How an attempt is made, by protocol. */
export const prepareAttempt: Record<Protocol, PrepareAttempt> = {
  http: prepareHttpAttempt, h2c: prepareH2cAttempt, tcp: prepareTcpAttempt, 'tcp-first': prepareTcpFirstAttempt, udp: prepareUdpAttempt,
};
