import type { Fault } from './fault.ts';

export const otherNamespacesShut: Fault = {
  name: 'other-namespaces-shut',
  row: '+',
  title: 'A source in another namespace than the destination never counts',
  seam: 'authorise',
  kills: ['traffic-access/cross-namespace-source'],
  mayAffect: ['traffic-split/cross-namespace-client', 'traffic-metrics/list-all-namespaces'],
  apply: (decisions) => ({ ...decisions, grants: (targets, layers) => decisions.grants(targets, layers).map((grant) => ({ ...grant, sources: grant.sources.filter(({ namespace }) => namespace === grant.destination.namespace) })) }),
};
