import type { Fault } from './fault.ts';

export const matchesMixed: Fault = {
  name: 'matches-mixed',
  row: '28',
  title: 'The path of one match and the method of another are enough together',
  seam: 'route match',
  kills: ['traffic-specs/matches-are-alternatives'],
  mayAffect: [],
  apply: (decisions) => ({
    ...decisions,
    matchRoute: (outcomes) => outcomes.some(({ path, headers }) => path && headers) && outcomes.some(({ method, headers }) => method && headers),
  }),
};
