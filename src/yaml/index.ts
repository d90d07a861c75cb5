export { BadFile, checkText, describeProblem, Incomplete, readChecked, type BadFileCode, type Checked, type Complete, type Problem } from './check.ts';
export { nearest } from './nearest.ts';
export type { Position } from './positions.ts';
export { compileSchema, type Validator } from './schema.ts';
