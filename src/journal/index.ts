export { type Journal, type NewRun, openJournal } from './journal.ts';
export { openRuns, type PastRun } from './past-runs.ts';
