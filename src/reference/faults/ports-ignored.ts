import type { Fault } from './fault.ts';

export const portsIgnored: Fault = {
  name: 'ports-ignored',
  row: '18',
  title: 'Ports of routes and of destinations restrict nothing',
  seam: 'authorise',
  kills: ['traffic-specs/tcproute-port', 'traffic-specs/tcproute-multi-port', 'traffic-specs/udproute-port', 'traffic-access/l4-example'],
  mayAffect: ['traffic-access/tcproute-limits-http-port'],
  apply: (decisions) => ({ ...decisions, portListed: () => true }),
};
