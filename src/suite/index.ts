export { withApplication } from './application.ts';
export { type AddedAssertions, loadSuite, type Suite } from './load.ts';
export { lintAdded, lintSuite } from './lint.ts';
export { planSuite, type Plan, type Planned, type PlanInput } from './plan.ts';
export { isWrite } from './follow.ts';
export { mergePatch } from './merge-patch.ts';
export { type Durations, type Shard, shardsOf } from './shard.ts';
export { select } from './select.ts';
export { workOf } from './work.ts';
