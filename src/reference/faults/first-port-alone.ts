import type { Fault } from './fault.ts';

export const firstPortAlone: Fault = {
  name: 'first-port-alone',
  row: '+',
  title: 'Where no port is listed only port 8080 is open',
  seam: 'authorise',
  kills: ['traffic-access/no-port-means-all-ports'],
  mayAffect: ['traffic-split/{port-mapping,multi-port,port-partial-overlap}'],
  apply: (decisions) => ({ ...decisions, passage: (grant, call, listed) => (grant.tcp === undefined && grant.port === undefined && call.transport === 'tcp' && call.port !== 8080 ? 'closed' : decisions.passage(grant, call, listed)) }),
};
