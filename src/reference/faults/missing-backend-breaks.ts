import type { Fault } from './fault.ts';
import { backendsOf, rewriting } from './rewrite.ts';

export const missingBackendBreaks: Fault = {
  name: 'missing-backend-breaks',
  row: '51',
  title: 'A split that names a Service that is not there is not in force, whatever the weight',
  seam: 'view',
  kills: ['traffic-split/absent-backend-zero-weight'],
  mayAffect: ['traffic-split/late-backend'],
  apply: (decisions) => ({
    ...decisions,
    view(store) {
      const view = decisions.view(store);
      return rewriting(view, 'TrafficSplit', (split) => (backendsOf(split).every(({ service }) => view.get('Service', split.metadata.namespace, String(service)) !== undefined) ? split : undefined));
    },
  }),
};
