import type { Fault } from './fault.ts';

export const firstPortOnly: Fault = {
  name: 'first-port-only',
  row: '49',
  title: 'Only the first port of the root is split',
  seam: 'split',
  kills: ['traffic-split/multi-port'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, splitOf: (splits, root, called) => (called.port === root.ports[0]?.port ? decisions.splitOf(splits, root, called) : undefined) }),
};
