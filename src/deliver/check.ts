import { headlineOf, toComment } from '../report/index.ts';
import type { Delivery } from './deliver.ts';

/** Gives the commit a check whose conclusion is what `fail_on` makes of the run. */
export async function check({ plan: { github }, report, exitCode, delivered, say }: Delivery): Promise<void> {
  if (github?.check !== true || report.kubernetes.cluster === 'embedded') return;
  const { checkLimit, conclusionOf, placeName, setCheck } = await import('../github/index.ts');
  const { access, fork, place, run, commit } = github;
  const failed = delivered.regressed || delivered.error !== undefined;
  const conclusion = conclusionOf(exitCode === 0 && failed ? 1 : exitCode, report.result);
  const { word, sentence } = headlineOf(report);
  const url = await setCheck({
    access, fork, commit, conclusion, run: report.run.id, url: run.url,
    name: `SMI conformance: ${placeName(report, place)}`,
    startedAt: report.run.startedAt, endedAt: new Date(Date.parse(report.run.startedAt) + report.run.durationMs).toISOString(),
    title: `${word}: ${sentence}`.slice(0, longestTitle),
    text: toComment(report, { bytes: checkLimit, url: run.url, commit, signed: delivered.signed !== undefined, ...(delivered.artifact !== undefined && { artifact: delivered.artifact }) }),
  });
  say('info', `check on ${commit.slice(0, 12)}: ${conclusion} (${url})`);
}

const longestTitle = 200;
