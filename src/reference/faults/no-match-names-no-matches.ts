import type { Fault } from './fault.ts';

export const noMatchNamesNoMatches: Fault = {
  name: 'no-match-names-no-matches',
  row: '16',
  title: 'A rule that names no matches covers none',
  seam: 'authorise',
  kills: ['traffic-access/rule-matches-omitted'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, matchesOf: (rule, matches) => (rule.matches === undefined ? [] : decisions.matchesOf(rule, matches)) }),
};
