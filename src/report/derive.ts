import { capabilityOf, complianceOf, resultOf, statisticsOf, summarise } from '../judge/index.ts';
import type { AssertionResult, Report } from '../model/report.ts';
import { specifications } from '../model/specification.ts';
import type { Specification } from '../model/specification.ts';

/** The part of a report that follows from the rest of it. */
export type Derived = Pick<Report, 'result' | 'summary' | 'specifications' | 'statistics' | 'added'>;

/**
 * All figures of a report, from its assertions and the offered surface alone. Every specification has its line, whether offered or not. What was added to
 * the suite has a figure of its own and no part in the others, so that they say the same of every mesh.
 */
export function derive(results: readonly AssertionResult[], offered: Report['offered'], complete: boolean): Derived {
  const [assertions, added] = [ofSuite(results), results.filter((one) => one.added)];
  const lines = specifications.map((specification) => lineOf(specification, assertions.filter((one) => one.specification === specification), offered, complete));
  return { result: resultOf(lines, complete), summary: summarise(assertions), specifications: lines, statistics: statisticsOf(assertions), ...(added.length === 0 ? {} : { added: summarise(added) }) };
}

/** The results that say something about conformance. */
export function ofSuite<R extends Pick<AssertionResult, 'added'>>(results: readonly R[]): R[] {
  return results.filter(({ added }) => added !== true);
}

function lineOf(specification: Specification, results: readonly AssertionResult[], offered: Report['offered'], complete: boolean): Report['specifications'][number] {
  const capability = capabilityOf(specification, offered[specification]);
  return { specification, ...capability, compliance: complianceOf(results, capability.capability, complete), summary: summarise(results) };
}
