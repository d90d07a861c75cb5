export type { Reached } from './format.ts';
export { type Journal, type NewRun, openJournal } from './journal.ts';
export type { ClusterMade, FolderMade, Made, MeshMade } from './made.ts';
export { openRuns, type PastRun } from './past-runs.ts';
