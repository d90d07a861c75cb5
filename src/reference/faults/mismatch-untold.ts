import type { Fault } from './fault.ts';

export const mismatchUntold: Fault = {
  name: 'mismatch-untold',
  row: '+',
  title: 'Nobody is told of a backend that lacks the port of the root',
  seam: 'store',
  kills: ['traffic-split/port-mismatch-event'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, warnings: () => [] }),
};
