import type { Fault } from './fault.ts';

export const rulesAllNeeded: Fault = {
  name: 'rules-all-needed',
  row: '14',
  title: 'A request has to be described by every HTTPRouteGroup of a TrafficTarget',
  seam: 'authorise',
  kills: ['traffic-access/rules-union'],
  mayAffect: [],
  apply: (decisions) => ({
    ...decisions,
    layers(rules) {
      const groups = rules.filter(({ rule }) => rule.kind === 'HTTPRouteGroup');
      const layers = decisions.layers(rules);
      // Matches of different groups that are not the same describe nothing together.
      return groups.length < 2 ? layers : { ...layers, http: [] };
    },
  }),
};
