import { durationText } from '../judge/index.ts';
import type { AssertionResult, Report } from '../model/report.ts';
import { detailsOf, failuresOf, failuresText } from './failures.ts';
import type { Failure } from './failures.ts';
import { complianceText, headlineOf } from './headline.ts';
import { bytesOf, md, tableHead, tableRow } from './markdown.ts';
import { marks, verdictOrder } from './style.ts';
import { addedText, countsText, partText, timeText } from './text.ts';

/** How much room a text has, and why it has no more. */
export interface Room {
  bytes: number;
  limit: string;
}

/** GitHub drops a summary above 1 MiB whole; the rest is room for what other steps of the same job write. */
const ofSummary: Room = { bytes: 900 * 1024, limit: 'a job summary has to stay below 1 MiB' };
/** Kept free for the notice, and for closing what is open. */
const reserveBytes = 1024;

/** A part of the summary that may be cut between its blocks, never within one. */
interface Section {
  open: string;
  blocks: string[];
  close: string;
  /** What the blocks are, for the notice. */
  what: string;
}

/** The job summary: the answer, a line by specification, each failure with its evidence, then every result. Always below 900 KiB of UTF-8, or the room that is given. */
export function toSummary(report: Report, room: Room = ofSummary): string {
  let text = opening(report);
  let left = room.bytes - reserveBytes - bytesOf(text);
  for (const { open, blocks, close, what } of sectionsOf(report)) {
    if (blocks.length === 0) continue;
    const kept: string[] = [];
    let free = left - bytesOf(`${open}${close}`);
    for (const block of blocks) {
      if (bytesOf(block) > free) break;
      kept.push(block);
      free -= bytesOf(block);
    }
    const lost = blocks.length - kept.length;
    if (kept.length > 0) text += `${open}${kept.join('')}${close}`;
    if (lost > 0) return `${text}\n> ${lost} of ${blocks.length} ${what}, and what would come after them, are left out here: ${room.limit}. The report files hold everything.\n`;
    left = free;
  }
  return text;
}

function opening(report: Report): string {
  const { word, sentence, next } = headlineOf(report);
  const { mesh, kubernetes, suite, run } = report;
  const symbol = { passed: '✅', failed: '❌', incomplete: '⚠️', 'nothing offered': '➖' }[word];
  const cluster = kubernetes.cluster === 'embedded' ? 'embedded cluster' : `Kubernetes ${kubernetes.version}`;
  const facts = [cluster, `suite ${suite.version}`, ...(suite.smiRelease ? [`SMI ${suite.smiRelease}`] : []), ...(suite.added ? [addedText(suite.added)] : []), ...partText(run), durationText(run.durationMs)];
  const rows = report.specifications.map((line) => tableRow([
    line.specification,
    line.capabilityReason === undefined ? line.capability : `${line.capability}: ${md(line.capabilityReason)}`,
    `${complianceMarks[line.compliance]} ${complianceText(line)}`,
    line.summary.total === 0 ? '–' : countsText(line.summary),
    figure(line.summary.must), figure(line.summary.should),
  ]));
  return [
    `## ${symbol} SMI conformance: ${md(`${mesh.name} ${mesh.version}`, 200)}: ${word}`,
    '',
    `**${md(sentence, 4000)}**`,
    '',
    ...next.slice(0, 10).map((text) => `- ${md(text)}`),
    ...(next.length > 0 ? [''] : []),
    md(facts.join(' · ')),
    '',
    ...(report.added === undefined ? [] : [`Added to the suite, and in none of these figures: ${countsText(report.added)}.`, '']),
    tableHead(['Specification', 'Capability', 'Compliance', 'Verdicts', 'Must', 'Should'], ['left', 'left', 'left', 'left', 'right', 'right']),
    ...rows,
    '',
  ].join('\n');
}

const complianceMarks = { passed: '✅', failed: '❌', incomplete: '⚠️', 'not-applicable': '➖' };

function figure({ passed, applicable }: { passed: number; applicable: number }): string {
  return applicable === 0 ? '–' : `${passed} of ${applicable}`;
}

function sectionsOf(report: Report): Section[] {
  const failures = failuresOf(report);
  const others = verdictOrder.filter((verdict) => verdict !== 'pass' && verdict !== 'fail' && verdict !== 'error')
    .flatMap((verdict) => report.assertions.filter((result) => result.verdict === verdict));
  const afterwards = report.assertions.filter((result) => result.verdict === 'pass' && result.afterwards !== undefined);
  return [
    { open: `\n### ${failuresText(failures)}\n\n`, blocks: failures.map(failureBlock), close: '', what: 'failures' },
    { open: '\n### Warnings\n\n', blocks: report.warnings.map((warning) => `- ${md(warning)}\n`), close: '', what: 'warnings' },
    {
      open: `\n### Not a plain pass\n\n${tableHead(['Verdict', 'Assertion', 'Version', 'Level', 'Reason'])}\n`,
      blocks: [...others, ...afterwards].map((result) => `${tableRow([verdictOf(result), idOf(result), result.version, result.level, reasonOf(result)])}\n`),
      close: '', what: 'results that are no plain pass',
    },
    {
      open: `\n<details><summary>All ${report.assertions.length} results</summary>\n\n${tableHead(['Verdict', 'Assertion', 'Version', 'Level', 'Converged', 'Time'], ['left', 'left', 'left', 'left', 'right', 'right'])}\n`,
      blocks: report.assertions.map((result) => `${tableRow([verdictOf(result), idOf(result), result.version, result.level, result.convergenceMs === undefined ? '' : durationText(result.convergenceMs), timeText(result)])}\n`),
      close: '\n</details>\n', what: 'lines of the table of all results',
    },
  ];
}

function failureBlock({ result, blocks }: Failure): string {
  const details = detailsOf(result).map(([heading, text]) => tableRow([`**${heading}**`, md(text)]));
  const consequence = blocks > 0 ? `, ${blocks} inconclusive behind it` : '';
  return [
    `<details><summary>${verdictOf(result)} ${idOf(result)} ${result.version}, ${result.level}${consequence}: ${md(result.title)}</summary>`,
    '',
    tableHead(['', '']),
    ...details,
    '',
    '</details>',
    '',
  ].join('\n');
}

function verdictOf({ verdict }: AssertionResult): string {
  return `${marks[verdict].symbol} ${verdict}`;
}

function idOf({ id, added }: AssertionResult): string {
  return `<code>${md(id)}</code>${added ? ' (added)' : ''}`;
}

function reasonOf({ verdict, reason, afterwards }: AssertionResult): string {
  return md([...(verdict === 'pass' || reason === undefined ? [] : [reason]), ...(afterwards === undefined ? [] : [`afterwards: ${afterwards}`])].join('; '));
}
