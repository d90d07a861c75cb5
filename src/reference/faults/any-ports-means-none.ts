import type { Fault } from './fault.ts';

export const anyPortsMeansNone: Fault = {
  name: 'any-ports-means-none',
  row: '+',
  title: 'A TCPRoute or UDPRoute without ports opens none',
  seam: 'authorise',
  kills: [
    'traffic-specs/tcproute-empty-ports', 'traffic-specs/udproute-empty-ports', 'traffic-specs/tcproute-server-first',
    'traffic-access/tcproute-covers-http',
  ],
  mayAffect: ['traffic-split/tcp-split'],
  apply: (decisions) => ({ ...decisions, portListed: (ports, port) => ports !== 'all' && decisions.portListed(ports, port) }),
};
