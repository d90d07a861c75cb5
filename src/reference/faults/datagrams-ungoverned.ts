import type { Fault } from './fault.ts';

export const datagramsUngoverned: Fault = {
  name: 'datagrams-ungoverned',
  row: '20',
  title: 'UDP passes whoever sends it',
  seam: 'authorise',
  kills: ['traffic-specs/udproute-port', 'traffic-specs/udproute-empty-ports', 'traffic-specs/tcproute-not-udp', 'traffic-access/l4-example'],
  mayAffect: ['traffic-specs/udproute-not-tcp'],
  apply: (decisions) => ({ ...decisions, authorise: (passages, call, ...more) => (call.transport === 'udp' ? 'open' : decisions.authorise(passages, call, ...more)) }),
};
