import type { Fault } from './fault.ts';

export const plainTcprouteOpensNothing: Fault = {
  name: 'plain-tcproute-opens-nothing',
  row: '+',
  title: 'A TCPRoute that has no ports to list opens none',
  seam: 'authorise',
  served: { access: ['v1alpha2'], specs: ['v1alpha3'], split: ['v1alpha2'] },
  kills: ['traffic-specs/tcproute-plain'],
  mayAffect: ['traffic-access/tcp-source-denied', 'traffic-access/tcproute-covers-http', 'traffic-specs/tcproute-server-first', 'traffic-split/tcp-split'],
  apply: (decisions) => ({ ...decisions, portListed: (ports, port) => ports !== 'all' && decisions.portListed(ports, port) }),
};
