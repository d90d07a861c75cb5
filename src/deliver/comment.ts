import { toComment } from '../report/index.ts';
import type { Delivery } from './deliver.ts';

/** Tells the pull request how its run ended, in one comment that each push brings up to date. */
export async function comment({ plan: { github }, report, delivered, say }: Delivery): Promise<void> {
  if (github?.comment !== true || github.pull === undefined || report.kubernetes.cluster === 'embedded') return;
  const { commentLimit, commentOnPull, markerOf } = await import('../github/index.ts');
  const { access, fork, pull, place, run, commit } = github;
  const text = toComment(report, { bytes: commentLimit - forMarks, url: run.url, commit, signed: delivered.signed !== undefined, ...(delivered.artifact !== undefined && { artifact: delivered.artifact }) });
  const { done, url } = await commentOnPull({ access, fork, pull, marker: markerOf(report, place), run, text });
  say('info', done === 'newer' ? `The comment on the pull request is of a later run, and stays: ${url}` : `${done === 'made' ? 'commented on' : 'comment brought up to date on'} the pull request: ${url}`);
}

/** Bytes for what finds the comment again. */
const forMarks = 200;
