import type { Fault } from './fault.ts';

export const matchNamesIgnored: Fault = {
  name: 'match-names-ignored',
  row: '15',
  title: 'A rule covers every match of its group, whichever it names',
  seam: 'authorise',
  kills: ['traffic-access/rule-matches-subset', 'traffic-specs/shared-group'],
  mayAffect: ['traffic-access/additive-targets', 'traffic-access/additive-overlap', 'traffic-access/update-rules', 'traffic-access/empty-lists-inert'],
  apply: (decisions) => ({ ...decisions, matchesOf: (rule, matches) => decisions.matchesOf({ kind: rule.kind, name: rule.name }, matches) }),
};
