export { correctDecisions } from './correct/index.ts';
export type { Decisions } from './decisions.ts';
