import type { Fault } from './fault.ts';

export const rootTargetPort: Fault = {
  name: 'root-target-port',
  row: '47',
  title: 'All backends are called at the target port of the root',
  seam: 'endpoints',
  kills: ['traffic-split/port-mapping'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, targetPort: (_own, called) => decisions.targetPort(called, called) }),
};
