import type { Report } from '../model/report.ts';
import { headlineOf } from '../report/index.ts';

/** How a run with a report ended, in a sentence or two. */
export function closingOf(report: Report): string {
  const { word, sentence } = headlineOf(report);
  const mesh = report.mesh.version === 'unknown' ? report.mesh.name : `${report.mesh.name} ${report.mesh.version}`;
  const closing = `${mesh}: ${word}: ${sentence}.`;
  const { fail, inconclusive } = report.summary;
  // Without compliance the headline is silent about what a part of the suite showed.
  return word === 'incomplete' && fail + inconclusive > 0 ? `${closing} Of what ran, ${fail} failed and ${inconclusive} inconclusive.` : closing;
}
