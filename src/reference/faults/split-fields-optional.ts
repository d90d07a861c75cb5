import type { Fault } from './fault.ts';

export const splitFieldsOptional: Fault = {
  name: 'split-fields-optional',
  row: '+',
  title: 'Nothing in a TrafficSplit is required',
  seam: 'store',
  kills: ['traffic-split/schema-requires-service-backends', 'traffic-split/schema-requires-weight', 'traffic-split/schema-match-kind'],
  mayAffect: [],
  apply: (decisions) => ({
    ...decisions,
    store: {
      ...decisions.store,
      refuses: (object, problems) => decisions.store.refuses(object, problems).filter((problem) => object.kind !== 'TrafficSplit' || !problem.endsWith('Required value')),
    },
  }),
};
