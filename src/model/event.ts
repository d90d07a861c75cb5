import type { AssertionResult, Report } from './report.ts';
import type { Version } from './specification.ts';

export const phases = ['boot', 'install', 'connect', 'plan', 'prepare', 'run', 'diagnose', 'clean-up', 'report'] as const;
export type Phase = (typeof phases)[number];

/** Everything that happens in a run, as it happens. Progress lines, log groups and NDJSON are sinks of this one stream. `at` is milliseconds since the run began. */
export type RunEvent = { at: number } & (
  | { type: 'phase-started'; phase: Phase }
  | { type: 'phase-ended'; phase: Phase; durationMs: number }
  | { type: 'notice'; level: 'info' | 'warning'; message: string }
  | { type: 'planned'; mesh: string; meshVersion: string; kubernetesVersion: string; results: number; lanes: number }
  | { type: 'lane-ready'; lane: string; pods: number; durationMs: number }
  | { type: 'lane-rebuilt'; lane: string; after: string; reason: string }
  | { type: 'assertion-started'; id: string; version: Version; lane: string }
  | { type: 'assertion-ended'; result: AssertionResult }
  | { type: 'finished'; report: Report }
);

export type EventSink = (event: RunEvent) => void;
