import type { FailureAnnotation } from '../report/index.ts';
import { annotationLimit, warningsShown } from './groups.ts';
import type { Toolkit } from './toolkit.ts';

/**
 * One annotation for each failure: an error where it fails the run, a warning elsewhere. GitHub shows ten of each type and step, and the
 * message that fails the step is an error too: where there are more than fit, the last one says how many are left.
 */
export function annotate(toolkit: Toolkit, annotations: readonly FailureAnnotation[]): void {
  for (const level of ['error', 'warning'] as const) {
    const mine = annotations.filter((annotation) => annotation.level === level);
    const room = level === 'error' ? annotationLimit - 1 : annotationLimit - warningsShown;
    const shown = mine.length <= room ? mine : mine.slice(0, room - 1);
    for (const { title, message } of shown) toolkit[level](message, { title });
    const left = mine.length - shown.length;
    if (left > 0) toolkit[level](`${left} more failures are in the job summary and in the report.`, { title: `and ${left} more` });
  }
}
