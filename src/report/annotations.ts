import type { Report } from '../model/report.ts';
import { detailsOf, failuresOf } from './failures.ts';
import type { Failure } from './failures.ts';
import { plain } from './text.ts';

/** One failure for the page of a workflow run. */
export interface FailureAnnotation {
  title: string;
  message: string;
  /** `error` where it counts for the exit status of the run. */
  level: 'error' | 'warning';
}

/** One annotation a failure, the gravest first, since only the first ten of a step are shown: whoever shows them says how many are left. */
export function toAnnotations(report: Report): FailureAnnotation[] {
  return failuresOf(report).map(annotationOf);
}

function annotationOf({ result, blocks, counts }: Failure): FailureAnnotation {
  const details = detailsOf(result).map(([heading, text]) => `${heading}: ${plain(text, 600)}`);
  const consequence = blocks > 0 ? [`${blocks} other results are inconclusive because of it`] : [];
  const title = `${result.verdict === 'error' ? 'Not judged' : 'Failed'}: ${result.id} ${result.version} (${result.level}${result.added ? ', added' : ''}): ${result.title}`;
  return { title: plain(title, 200), message: [...details, ...consequence].join('\n'), level: counts ? 'error' : 'warning' };
}
