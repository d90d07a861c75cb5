import type { Delivered } from '../deliver/index.ts';
import type { FailureAnnotation } from '../report/index.ts';

/** One annotation for each verdict that is worse than in the baseline. */
export function regressionAnnotations({ regressions, regressed }: Pick<Delivered, 'regressions' | 'regressed'>): FailureAnnotation[] {
  return regressions.map(({ before, after }) => ({
    title: `Worse than before: ${after.id} ${after.version} (${after.level}): ${after.title}`,
    message: [`before: ${before.verdict}`, `now: ${after.verdict}`, ...(after.reason === undefined ? [] : [`reason: ${after.reason}`])].join('\n'),
    level: regressed ? 'error' : 'warning',
  }));
}
