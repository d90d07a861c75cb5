export { lintDefinitions, loadDefinition, loadDefinitions } from './definitions.ts';
export { detectMesh } from './detect.ts';
export { findMesh } from './names.ts';
export { offeredBy } from './offered.ts';
export { withPrometheus } from './prometheus.ts';
export { requireRunnable, type Way } from './runnable.ts';
export { warningsOf } from './warnings.ts';
