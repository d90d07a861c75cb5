import type { Fault } from './fault.ts';

export const weightsClamped: Fault = {
  name: 'weights-clamped',
  row: '+',
  title: 'A weight above 100 counts as 100',
  seam: 'balance',
  kills: ['traffic-split/weights-over-100'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, shares: (split, backends) => decisions.shares(split, backends).map(({ service, weight }) => ({ service, weight: Math.min(weight, 100) })) }),
};
