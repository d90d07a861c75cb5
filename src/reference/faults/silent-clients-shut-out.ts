import type { Fault } from './fault.ts';

/** 7073 is the port of a server that speaks first, wherever the suite has one. */
export const silentClientsShutOut: Fault = {
  name: 'silent-clients-shut-out',
  row: '+',
  title: 'A connection whose client waits for the server to speak is never handed on',
  seam: 'authorise',
  kills: ['traffic-specs/tcproute-server-first'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, passage: (grant, call, listed) => (call.port === 7073 ? 'closed' : decisions.passage(grant, call, listed)) }),
};
