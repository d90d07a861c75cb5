import { durationText, identityOf } from '../judge/index.ts';
import type { Phase, RunEvent } from '../model/event.ts';
import type { AssertionResult } from '../model/report.ts';
import { marks, painter } from './style.ts';
import { plain } from './text.ts';

export interface ProgressOptions {
  color: boolean;
  /** How far the run is, this event included; shown before a result where it is given. */
  position?: { done: number; of: number };
}

const beginnings: Record<Phase, string> = {
  boot: 'booting a cluster',
  install: 'installing the mesh',
  connect: 'connecting to the cluster',
  plan: 'planning the run',
  prepare: 'building the lanes',
  run: 'running the assertions',
  diagnose: 'keeping what shows why',
  'clean-up': 'cleaning up',
  report: 'writing the report',
};

/** One event as a line of progress; undefined for those that are not worth one. */
export function toProgress(event: RunEvent, options: ProgressOptions = { color: false }): string | undefined {
  const paint = painter(options.color);
  switch (event.type) {
    case 'phase-started':
      return paint('quiet', `… ${beginnings[event.phase]}`);
    case 'planned':
      return plain(`${event.mesh} ${event.meshVersion} on Kubernetes ${event.kubernetesVersion}: ${event.results} results to come, in ${event.lanes} lanes`);
    case 'lane-ready':
      return paint('quiet', `  lane ${event.lane}: ${event.pods} pods ready in ${durationText(event.durationMs)}`);
    case 'lane-rebuilt':
      return `${paint('doubt', '!')} lane ${event.lane} is built anew after ${event.after}: ${plain(event.reason, 300)}`;
    case 'notice':
      return event.level === 'warning' ? `${paint('doubt', '! warning:')} ${plain(event.message)}` : plain(event.message);
    case 'assertion-ended':
      return resultLine(event.result, options);
    case 'phase-ended':
      return paint('quiet', `  ${event.phase} took ${durationText(event.durationMs)}`);
    case 'assertion-started':
    case 'finished':
      return undefined;
  }
}

/** `[12/62] ✗ fail  traffic-split/weighted-75-25@v1alpha2  4.2 s  web-v1 answered 512 of 1000…`. */
function resultLine(result: AssertionResult, { color, position }: ProgressOptions): string {
  const paint = painter(color);
  const { symbol, tone } = marks[result.verdict];
  const place = position ? [paint('quiet', `[${String(position.done).padStart(String(position.of).length)}/${position.of}]`)] : [];
  const reason = result.reason === undefined ? [] : [paint('quiet', plain(result.reason, 200))];
  return [...place, paint(tone, `${symbol} ${result.verdict.padEnd(12)}`), identityOf(result), paint('quiet', durationText(result.durationMs)), ...reason].join(' ');
}
