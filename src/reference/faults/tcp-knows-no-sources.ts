import type { Subject } from '../dataplane/model.ts';
import type { Fault } from './fault.ts';

export const tcpKnowsNoSources: Fault = {
  name: 'tcp-knows-no-sources',
  row: '+',
  title: 'A TrafficTarget for TCP alone lets everybody in',
  seam: 'authorise',
  kills: [
    'traffic-access/tcp-source-denied', 'traffic-access/tcproute-covers-http', 'traffic-specs/tcproute-port', 'traffic-specs/tcproute-empty-ports',
    'traffic-specs/tcproute-server-first',
  ],
  mayAffect: ['traffic-access/l4-example'],
  apply: (decisions) => ({
    ...decisions,
    grants: (targets, layers) => decisions.grants(targets, layers).map((grant) => (grant.http === undefined && grant.tcp !== undefined ? { ...grant, sources: [anybody] } : grant)),
    names: (subject, peer, end, binding) => subject === anybody || decisions.names(subject, peer, end, binding),
  }),
};

const anybody: Subject = { kind: '', name: '', namespace: '' };
