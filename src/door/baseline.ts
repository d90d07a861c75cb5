import type { BaselinePlan, PublishingPlan } from '../deliver/index.ts';
import { fetchLatest } from '../publish/index.ts';
import { reportIn } from './read-report.ts';

export { readReport } from './read-report.ts';

/** In place of a path: the newest result of the mesh in the results branch. */
export const latestWord = 'latest';

/** Finds the newest result of a mesh in the results branch. */
export function latestBaseline({ destination, branch, environment }: PublishingPlan): BaselinePlan['find'] {
  return async (meshId, signal) => {
    const latest = await fetchLatest({ ...destination, meshId, branch, environment, signal });
    return latest === undefined ? undefined : reportIn(latest.report, latest.path);
  };
}
