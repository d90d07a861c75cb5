import type { Fault } from './fault.ts';

export const firstSourceOnly: Fault = {
  name: 'first-source-only',
  row: '+',
  title: 'Of the sources of a TrafficTarget only the first counts',
  seam: 'authorise',
  kills: ['traffic-access/multiple-sources'],
  mayAffect: ['traffic-split/{cross-namespace-client,per-client}'],
  apply: (decisions) => ({ ...decisions, grants: (targets, layers) => decisions.grants(targets, layers).map((grant) => ({ ...grant, sources: grant.sources.slice(0, 1) })) }),
};
