import type { Fault } from './fault.ts';
import { behindSplit, withoutTraffic } from './reach.ts';

export const firstPodOnly: Fault = {
  name: 'first-pod-only',
  row: '+',
  title: 'Of the pods of a Service only the first is called',
  seam: 'endpoints',
  kills: ['traffic-split/root-without-split'],
  mayAffect: [...behindSplit, ...withoutTraffic],
  apply: (decisions) => ({ ...decisions, choose: () => 0 }),
};
