import type { Fault } from './fault.ts';

export const sourceNamespaceIgnored: Fault = {
  name: 'source-namespace-ignored',
  row: '4',
  title: 'A source is known by the name of its account, whatever its namespace',
  seam: 'identity',
  kills: ['traffic-access/source-namespace-honoured', 'traffic-access/cross-namespace-source'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, names: (subject, peer, end, binding) => decisions.names(end === 'source' ? { ...subject, namespace: peer.namespace } : subject, peer, end, binding) }),
};
