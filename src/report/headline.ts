import { joined } from '../judge/index.ts';
import type { Report, SpecificationResult } from '../model/report.ts';
import { failuresOf } from './failures.ts';
import { listed, percent } from './text.ts';

/** The answer of a report in one breath: the word, the sentence that backs it, and what to do now. */
export interface Headline {
  word: 'passed' | 'failed' | 'incomplete' | 'nothing offered';
  sentence: string;
  next: string[];
}

/** More ids than these are not worth copying: then the whole suite is as fast. */
const idsToRepeat = 8;

export function headlineOf(report: Report): Headline {
  const next = nextOf(report);
  if (report.result === 'incomplete') return { word: 'incomplete', sentence: `No compliance is stated, since the run is not complete: ${report.incompleteBecause.join('; ')}`, next };
  const must = mustText(report);
  if (report.result === 'failed') {
    const failed = report.specifications.filter(({ compliance }) => compliance === 'failed').map(({ specification }) => specification);
    return { word: 'failed', sentence: `${joined(failed)} ${failed.length === 1 ? 'does' : 'do'} not comply: ${must}`, next };
  }
  const passed = report.specifications.filter(({ compliance }) => compliance === 'passed').map(({ specification }) => specification);
  if (passed.length === 0) return { word: 'nothing offered', sentence: 'No must requirement applies to what this mesh offers, so there is no compliance to state', next };
  return { word: 'passed', sentence: `${joined(passed)} ${passed.length === 1 ? 'complies' : 'comply'}: ${must}`, next };
}

/** Capability and compliance of one specification, in words. */
export function complianceText({ compliance }: Pick<SpecificationResult, 'compliance'>): string {
  return compliance === 'not-applicable' ? 'not applicable' : compliance;
}

function mustText({ summary: { must } }: Report): string {
  if (must.passed === must.applicable) return `all ${must.applicable} must requirements that apply hold`;
  const parts = [
    ...(must.failed > 0 ? [`${must.failed} failed`] : []),
    ...(must.inconclusive > 0 ? [`${must.inconclusive} inconclusive`] : []),
    ...(must.partial > 0 ? [`${must.partial} partial`] : []),
  ];
  return `${must.passed} of ${must.applicable} must requirements hold, ${joined(parts)} (score ${percent(must.score)})`;
}

function nextOf(report: Report): string[] {
  const failures = failuresOf(report);
  const ids = [...new Set(failures.map(({ result }) => result.id))];
  const gates = failures.filter(({ blocks }) => blocks > 0).map(({ result }) => result.id);
  const unjudged = report.assertions.filter(({ verdict }) => verdict === 'error').length;
  return [
    ...(gates.length > 0 ? [`begin with ${listed([...new Set(gates)], 4)}: what is inconclusive waits for it`] : []),
    ...(unjudged > 0 ? [`${unjudged} ${unjudged === 1 ? 'result is an error' : 'results are errors'} of the harness or the cluster, not of the mesh: mend what the reason names and run again`] : []),
    ...(ids.length > 0 && ids.length <= idsToRepeat ? [`these alone again: --only=${ids.join(',')}`] : []),
  ];
}
