import type { Fault } from './fault.ts';

export const missingMatchOpens: Fault = {
  name: 'missing-match-opens',
  row: '22',
  title: 'A rule that names a missing match covers every request',
  seam: 'authorise',
  kills: ['traffic-access/dangling-match-denied'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, matchesOf: (rule, matches) => (rule.matches?.every((name) => matches.some((match) => match.name === name)) === false ? [{ name: '', headers: [] }] : decisions.matchesOf(rule, matches)) }),
};
