import { annotationLimit } from './groups.ts';
import type { Toolkit } from './toolkit.ts';

/** One failure, in words: the assertion, the requirement, what was expected and what was seen. */
export interface Annotation {
  title: string;
  message: string;
}

/**
 * One error annotation for each failure. GitHub keeps ten of a step, and the verdict of the run is one of them: where there are
 * more failures than fit, the last annotation says how many are left.
 */
export function annotate(toolkit: Toolkit, annotations: readonly Annotation[]): void {
  const room = annotationLimit - 1;
  const shown = annotations.length <= room ? annotations : annotations.slice(0, room - 1);
  for (const { title, message } of shown) toolkit.error(message, { title });
  const left = annotations.length - shown.length;
  if (left > 0) toolkit.error(`${left} more failures are in the job summary and in the report.`, { title: `and ${left} more` });
}
