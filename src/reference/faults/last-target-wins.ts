import type { Fault } from './fault.ts';

export const lastTargetWins: Fault = {
  name: 'last-target-wins',
  row: '11',
  title: 'A TrafficTarget replaces earlier ones for the same destination',
  seam: 'authorise',
  kills: ['traffic-access/additive-targets', 'traffic-access/additive-same-route', 'traffic-access/additive-overlap', 'traffic-specs/shared-group'],
  mayAffect: ['traffic-access/empty-lists-inert', 'traffic-specs/invalid-regex-contained'],
  apply: (decisions) => ({
    ...decisions,
    grants(targets, layers) {
      const last = new Map(targets.map((target) => [`${target.destination.namespace}/${target.destination.name}`, target]));
      return decisions.grants([...last.values()], layers);
    },
  }),
};
