import { findingsOf, identityOf, specificationOfId } from '../judge/index.ts';
import type { Look, StepObservation } from '../model/observation.ts';
import type { AssertionResult, Report } from '../model/report.ts';
import { reasonsInReport } from './complete.ts';
import { derive } from './derive.ts';

/** One place where a report says something else than its own observations do. */
export interface Difference {
  /** A path into the report (`summary.must.passed`), or the result by its identity and what of it. */
  where: string;
  stated: unknown;
  derived: unknown;
}

/**
 * Derives everything that can be derived from a report's assertions and offers again, and says where the report differs: empty for a
 * report that nobody changed. It shows carelessness and crude forgery; who made a report is for its signature to prove.
 */
export function recompute(report: Report): Difference[] {
  const reasons = reasonsInReport(report);
  const complete = report.incompleteBecause.length === 0 && reasons.length === 0;
  const { result, summary, specifications, statistics, added } = derive(report.assertions, report.offered, complete);
  const stated = { complete: report.complete, result: report.result, summary: report.summary, specifications: report.specifications, statistics: report.statistics, added: report.added };
  return [
    ...reasons.filter((reason) => !report.incompleteBecause.includes(reason)).map((derived) => ({ where: 'incompleteBecause', stated: report.incompleteBecause, derived })),
    ...differences('', stated, { complete, result, summary, specifications, statistics, added }),
    ...(added !== undefined && report.suite.added === undefined ? [{ where: 'suite.added', stated: undefined, derived: added }] : []),
    ...report.assertions.flatMap(contradictions),
  ];
}

/** What the numbers of a result's looks say against the rest of it. */
function contradictions(result: AssertionResult): Difference[] {
  const at = identityOf(result);
  const looks = result.steps.flatMap(looksOf);
  const untrue = looks.filter(({ look }) => look.holds !== (findingsOf(look).length === 0));
  const broken = looks.find(({ look, decides }) => decides && findingsOf(look).length > 0);
  const slowest = Math.max(...result.steps.map((step) => ('convergenceMs' in step ? (step.convergenceMs ?? -1) : -1)));
  const convergenceMs = slowest < 0 ? undefined : Math.round(slowest);
  return [
    ...untrue.map(({ look }) => ({ where: `${at} a ${look.purpose} look at ${look.at} ms: holds`, stated: look.holds, derived: !look.holds })),
    ...(result.verdict === 'pass' && broken ? [{ where: `${at} verdict`, stated: 'pass', derived: findingsOf(broken.look)[0]?.text }] : []),
    ...(convergenceMs === result.convergenceMs ? [] : [{ where: `${at} convergenceMs`, stated: result.convergenceMs, derived: convergenceMs }]),
    ...(specificationOfId(result.id) === result.specification ? [] : [{ where: `${at} specification`, stated: result.specification, derived: specificationOfId(result.id) }]),
  ];
}

function looksOf(step: StepObservation): { look: Look; decides: boolean }[] {
  if (step.verb === 'rejected') return step.otherwise ? [{ look: step.otherwise, decides: false }] : [];
  if (step.verb === 'record') return [{ look: step.measured, decides: true }];
  if (step.verb !== 'eventually' && step.verb !== 'sample' && step.verb !== 'always' && step.verb !== 'throughout') return [];
  return [
    ...('looks' in step && step.looks.lastFailing ? [{ look: step.looks.lastFailing, decides: false }] : []),
    ...(step.measured ? [{ look: step.measured, decides: true }] : []),
    ...('otherwise' in step && step.otherwise ? [{ look: step.otherwise, decides: false }] : []),
  ];
}

function differences(where: string, stated: unknown, derived: unknown): Difference[] {
  if (isTree(stated) && isTree(derived)) {
    const keys = [...new Set([...Object.keys(stated), ...Object.keys(derived)])];
    return keys.flatMap((key) => differences(where === '' ? key : `${where}.${key}`, stated[key], derived[key]));
  }
  return same(stated, derived) ? [] : [{ where, stated, derived }];
}

/** Probabilities are sums of tiny parts: another machine's logarithm may differ in the last digit. */
function same(stated: unknown, derived: unknown): boolean {
  if (stated === derived) return true;
  return typeof stated === 'number' && typeof derived === 'number' && Math.abs(stated - derived) <= 1e-9 * Math.abs(derived);
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
