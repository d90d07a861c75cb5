export { diagnose, type Diagnosing } from './diagnose.ts';
export { type Limits, trimFolder } from './files.ts';
