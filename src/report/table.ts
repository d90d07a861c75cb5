import { durationText } from '../judge/index.ts';
import type { Report } from '../model/report.ts';
import { specifications } from '../model/specification.ts';
import { detailsOf, failuresOf, failuresText } from './failures.ts';
import type { Failure } from './failures.ts';
import { complianceText, headlineOf } from './headline.ts';
import { marks, painter } from './style.ts';
import type { Tone } from './style.ts';
import { heading, labelled } from './page.ts';
import type { Page } from './page.ts';
import { addedRowsOf, rowsOf } from './table-rows.ts';
import { addedText, countsText, partText, plain, wrap } from './text.ts';

export interface TableOptions {
  color: boolean;
  /** Columns of the terminal; lines are kept within, between 60 and 120. */
  width: number;
}

/** The report for a terminal: every result by specification, then each failure with its evidence, then the answer, where the eye ends. */
export function toTable(report: Report, { color = false, width: columns = 100 }: Partial<TableOptions> = {}): string {
  const page = { paint: painter(color), width: Math.min(Math.max(columns, 60), 120) };
  const results = specifications.flatMap((specification) => rowsOf(report, specification, page));
  const sections = [header(report, page), ...results, ...addedRowsOf(report, page), failures(report, page), warnings(report, page), overview(report, page), answer(report, page)];
  return `${sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function header({ mesh, kubernetes, suite, run, timing }: Report, { paint, width }: Page): string[] {
  const cluster = kubernetes.cluster === 'embedded' ? 'embedded cluster' : `Kubernetes ${kubernetes.version}`;
  const facts = [`suite ${suite.version}`, `digest ${suite.digest.slice(0, 12)}`, ...(suite.smiRelease ? [`SMI ${suite.smiRelease}`] : []), ...(suite.added ? [addedText(suite.added)] : []), `time-outs ${timing.name}`, ...(run.fault ? [`fault ${run.fault}`] : []), ...partText(run)];
  return [
    ...wrap(`SMI conformance · ${plain(`${mesh.name} ${mesh.version}`, 200)} · ${cluster}`, width - 1).map((line) => ` ${paint('strong', line)}`),
    ...wrap(facts.join(' · '), width - 1).map((line) => paint('quiet', ` ${line}`)),
  ];
}

function failures(report: Report, page: Page): string[] {
  const all = failuresOf(report);
  if (all.length === 0) return [];
  return [heading(failuresText(all), '', page), ...all.flatMap((one) => ['', ...failure(one, page)])];
}

function failure({ result, blocks }: Failure, page: Page): string[] {
  const { symbol, tone } = marks[result.verdict];
  const tones: Record<string, Tone> = { because: tone, required: 'quiet', 'ended at': 'quiet' };
  const facts = [result.version, result.level, ...(result.added ? ['added'] : []), ...(result.gate ? ['gate'] : []), ...(blocks > 0 ? [`${blocks} inconclusive behind it`] : [])].join(' · ');
  const fits = 6 + result.verdict.length + result.id.length + facts.length <= page.width;
  const [beside, below] = fits ? [`  ${page.paint('quiet', facts)}`, []] : ['', labelled('', facts, 9, page, 'quiet')];
  return [
    ` ${page.paint(tone, `${symbol} ${result.verdict}`)}  ${page.paint('strong', result.id)}${beside}`,
    ...below,
    ...labelled('', result.title, 9, page),
    ...detailsOf(result).flatMap(([label, text]) => labelled(label.padEnd(8), text, 9, page, tones[label])),
  ];
}

function warnings(report: Report, page: Page): string[] {
  if (report.warnings.length === 0) return [];
  return [heading(report.warnings.length === 1 ? '1 warning' : `${report.warnings.length} warnings`, '', page), ...report.warnings.flatMap((text) => labelled('', text, 3, page))];
}

function overview({ specifications: lines }: Report, page: Page): string[] {
  const { paint } = page;
  const tones: Record<string, Tone> = { passed: 'good', failed: 'bad', incomplete: 'doubt', 'not-applicable': 'quiet' };
  return [
    paint('quiet', ` ${'specification'.padEnd(17)}${'capability'.padEnd(12)}${'compliance'.padEnd(16)}verdicts`),
    ...lines.flatMap((line) => {
      const [first = '', ...more] = wrap(line.summary.total === 0 ? '–' : countsText(line.summary), page.width - 46);
      const compliance = paint(tones[line.compliance] ?? 'quiet', complianceText(line).padEnd(16));
      const rest = more.map((text) => `${' '.repeat(46)}${text}`);
      const why = line.capabilityReason === undefined ? [] : labelled('', line.capabilityReason, 18, page, 'quiet');
      return [` ${line.specification.padEnd(17)}${line.capability.padEnd(12)}${compliance}${first}`, ...rest, ...why];
    }),
  ];
}

function answer(report: Report, page: Page): string[] {
  const { word, sentence, next } = headlineOf(report);
  const tone = { passed: 'good', failed: 'bad', incomplete: 'doubt', 'nothing offered': 'doubt' } as const;
  const symbol = { passed: '✓', failed: '✗', incomplete: '!', 'nothing offered': '○' }[word];
  const phases = report.phases.map(({ name, durationMs }) => `${name} ${durationText(durationMs)}`);
  const { checks, falseFailure } = report.statistics;
  const chance = checks === 0 ? '' : ` · chance of a false failure ${falseFailure.toExponential(1)}`;
  return [
    ` ${page.paint(tone[word], `${symbol} ${word.toUpperCase()}`)}`,
    ...labelled('', sentence, 3, page),
    ...next.flatMap((text) => labelled('→', text, 3, page)),
    ...labelled('', `${durationText(report.run.durationMs)}${phases.length > 0 ? ` (${phases.join(', ')})` : ''}${chance}`, 3, page, 'quiet'),
  ];
}
