import { durationText, identityOf } from '../judge/index.ts';
import type { AssertionResult, Report } from '../model/report.ts';
import type { Specification } from '../model/specification.ts';
import { marks, verdictOrder } from './style.ts';
import { complianceText } from './headline.ts';
import { heading, labelled } from './page.ts';
import type { Page } from './page.ts';
import { ofSuite } from './derive.ts';
import { countsText, timeText } from './text.ts';

/** Widths of the columns: what stands before the id, and the two times at the end. */
const before = 17;
const [convergedWidth, timeWidth] = [10, 8];

/** One specification: a line for each result, what asks for action first, with the reason of all that did not simply pass. */
export function rowsOf(report: Report, specification: Specification, page: Page): string[][] {
  const results = ofSuite(report.assertions).filter((result) => result.specification === specification);
  const line = report.specifications.find((one) => one.specification === specification);
  const versions = new Set(results.map(({ version }) => version));
  const title = versions.size === 1 ? `${specification} ${[...versions].join()}` : specification;
  return linesOf(results, title, line ? `capability ${line.capability} · compliance ${complianceText(line)}` : '', page);
}

/** What was added to the suite: it counts for nothing above. */
export function addedRowsOf({ assertions, added }: Report, page: Page): string[][] {
  return added === undefined ? [] : linesOf(assertions.filter((result) => result.added), 'added to the suite', countsText(added), page);
}

function linesOf(results: readonly AssertionResult[], title: string, end: string, page: Page): string[][] {
  if (results.length === 0) return [];
  const versions = [...new Set(results.map(({ version }) => version))];
  const name = (result: AssertionResult): string => (versions.length > 1 ? identityOf(result) : result.id);
  const sorted = verdictOrder.flatMap((verdict) => results.filter((result) => result.verdict === verdict));
  const rows = grouped(sorted).flatMap((group) => [...group.map((result) => row(result, name(result), page)), ...reason(group, page)]);
  return [[heading(title, end, page), columns(page), ...rows]];
}

function columns({ paint, width }: Page): string {
  const head = ' verdict'.padEnd(before) + 'assertion';
  return paint('quiet', `${head.padEnd(width - convergedWidth - timeWidth)}${'converged'.padStart(convergedWidth)}${'time'.padStart(timeWidth)}`);
}

function row(result: AssertionResult, name: string, { paint, width }: Page): string {
  const { symbol, tone } = marks[result.verdict];
  const marksOfResult = [...(result.level === 'must' ? [] : [result.level]), ...(result.gate ? ['gate'] : [])].join(' · ');
  const label = marksOfResult === '' ? name : `${name}  ${marksOfResult}`;
  const converged = result.convergenceMs === undefined ? '' : durationText(result.convergenceMs);
  const times = `${converged.padStart(convergedWidth)}${timeText(result).padStart(timeWidth)}`.trimStart();
  const room = width - before - label.length - times.length;
  // A name that leaves no room for the times has them below.
  const gap = room >= 2 ? ' '.repeat(room) : `\n${' '.repeat(width - times.length)}`;
  const shown = marksOfResult === '' ? name : `${name}  ${paint('quiet', marksOfResult)}`;
  return `${paint(tone, ` ${symbol} ${result.verdict}`.padEnd(before))}${shown}${gap}${paint('quiet', times)}`;
}

/** Results one after the other with the same verdict and the same words on it: the words stand below the last. */
function grouped(results: readonly AssertionResult[]): AssertionResult[][] {
  const groups: AssertionResult[][] = [];
  for (const result of results) {
    const [first] = groups.at(-1) ?? [];
    if (first && first.verdict === result.verdict && wordsOf(first) === wordsOf(result)) groups.at(-1)?.push(result);
    else groups.push([result]);
  }
  return groups;
}

function reason(group: readonly AssertionResult[], page: Page): string[] {
  const words = group[0] ? wordsOf(group[0]) : undefined;
  if (words === undefined) return [];
  return labelled('└', group.length === 1 ? words : `${group.length === 2 ? 'both' : `all ${group.length}`}: ${words}`, before, page, 'quiet');
}

/** Why it is not a plain pass. Failures have a section of their own, with the evidence. */
function wordsOf({ verdict, reason: why, afterwards }: AssertionResult): string | undefined {
  if (verdict === 'fail' || verdict === 'error') return undefined;
  const words = [...(verdict === 'pass' || why === undefined ? [] : [why]), ...(afterwards === undefined ? [] : [`afterwards: ${afterwards}`])];
  return words.length === 0 ? undefined : words.join('; ');
}
