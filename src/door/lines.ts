import type { RunEvent } from '../model/event.ts';
import type { AssertionResult } from '../model/report.ts';

/** One event as a line for a log that only grows; undefined for those that a reader of a log need not see. */
export function lineOf(event: RunEvent): string | undefined {
  switch (event.type) {
    case 'planned':
      return `${event.mesh} ${event.meshVersion} on Kubernetes ${event.kubernetesVersion}: ${event.results} results to come, ${event.lanes} lanes`;
    case 'lane-ready':
      return `lane ${event.lane} ready: ${event.pods} pods in ${seconds(event.durationMs)}`;
    case 'lane-rebuilt':
      return `lane ${event.lane} rebuilt after ${event.after}: ${event.reason}`;
    case 'assertion-ended':
      return resultLine(event.result);
    case 'notice':
      return event.level === 'warning' ? `warning: ${event.message}` : event.message;
    case 'phase-started':
    case 'phase-ended':
    case 'assertion-started':
    case 'finished':
      return undefined;
  }
}

/** Verdict, identity and time of a result; the reason too, where it is not a plain pass. */
export function resultLine(result: AssertionResult): string {
  const line = `${result.verdict.padEnd(12)} ${result.id} ${result.version} (${seconds(result.durationMs)})`;
  return result.reason === undefined ? line : `${line}: ${result.reason}`;
}

/** Milliseconds as seconds with one decimal: `1.2 s`. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
