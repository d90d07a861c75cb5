import type { Fault } from './fault.ts';

export const firstListedPortOnly: Fault = {
  name: 'first-listed-port-only',
  row: '+',
  title: 'Of the ports of a route only the first counts',
  seam: 'authorise',
  kills: ['traffic-specs/tcproute-multi-port', 'traffic-access/l4-example'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, portListed: (ports, port) => decisions.portListed(ports === 'all' ? ports : ports.slice(0, 1), port) }),
};
