import { stripVTControlCharacters } from 'node:util';
import { durationText } from '../judge/index.ts';
import type { AssertionResult, RunFacts, SuiteFacts, Summary } from '../model/report.ts';
import type { Verdict } from '../model/specification.ts';

/** Text of strangers (a server's message, a header that was seen) for one line of output: no control characters, no escapes, no endless length. */
export function plain(text: string, most = 2000): string {
  // No more is read than can be shown, escapes included: an endless answer must not cost endless time.
  const clean = stripVTControlCharacters(text.slice(0, 4 * most).toWellFormed()).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return clean.length <= most && text.length <= 4 * most ? clean : `${clean.slice(0, most).toWellFormed().trimEnd()}… (the report has all ${text.length} characters)`;
}

/** Lines of at most `width` characters. A word that is longer stays whole: names are there to be copied. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of plain(text).split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** `a, b, c and 4 more`. */
export function listed(names: readonly string[], most: number): string {
  const more = names.length - most;
  return more > 0 ? `${names.slice(0, most).join(', ')} and ${more} more` : names.join(', ');
}

const order: readonly Verdict[] = ['pass', 'partial', 'fail', 'inconclusive', 'error', 'skip', 'info'];

/** `38 pass · 3 fail · 1 skip`: the verdicts that there are. */
export function countsText(summary: Summary): string {
  const counts = order.filter((verdict) => summary[verdict] > 0).map((verdict) => `${summary[verdict]} ${verdict}`);
  return counts.length === 0 ? 'nothing judged' : counts.join(' · ');
}

/** `2 assertions added (5c1f09ab34de)`: how many, and of which files. */
export function addedText({ assertions, digest }: NonNullable<SuiteFacts['added']>): string {
  return `${assertions} assertion${assertions === 1 ? '' : 's'} added (${digest.slice(0, 12)})`;
}

/** `part 1 of 3`, or `merged from 3 parts`; none where a run was whole. */
export function partText({ shard, shards }: Pick<RunFacts, 'shard' | 'shards'>): string[] {
  return [...(shard ? [`part ${shard.index} of ${shard.of}`] : []), ...(shards ? [`merged from ${shards.length} part${shards.length === 1 ? '' : 's'}`] : [])];
}

/** How long a result took; nothing was done for one that was skipped. */
export function timeText({ durationMs, steps }: Pick<AssertionResult, 'durationMs' | 'steps'>): string {
  return durationMs > 0 || steps.length > 0 ? durationText(durationMs) : '–';
}

/** `92.7 %`, of a part between 0 and 1; never rounded up to everything or down to nothing. */
export function percent(part: number): string {
  const rounded = Math.round(part * 1000) / 10;
  const honest = rounded === 100 && part < 1 ? 99.9 : rounded === 0 && part > 0 ? 0.1 : rounded;
  return `${honest} %`;
}
