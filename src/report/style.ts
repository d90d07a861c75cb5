import type { Verdict } from '../model/specification.ts';

export type Tone = 'good' | 'bad' | 'doubt' | 'quiet' | 'strong';

/** Colours a text, or leaves it as it is. Widths must be reckoned before: escapes have none. */
export type Paint = (tone: Tone, text: string) => string;

/** ANSI colours of the basic sixteen, which follow the user's own palette. */
const codes: Record<Tone, string> = { good: '32', bad: '1;31', doubt: '33', quiet: '2', strong: '1' };

export function painter(color: boolean): Paint {
  return (tone, text) => (color && text !== '' ? `\u001B[${codes[tone]}m${text}\u001B[0m` : text);
}

/** How each verdict looks: a symbol of one column that needs no colour, and its tone. */
export const marks: Record<Verdict, { symbol: string; tone: Tone }> = {
  pass: { symbol: '✓', tone: 'good' },
  partial: { symbol: '◐', tone: 'doubt' },
  fail: { symbol: '✗', tone: 'bad' },
  inconclusive: { symbol: '?', tone: 'doubt' },
  error: { symbol: '!', tone: 'bad' },
  skip: { symbol: '○', tone: 'quiet' },
  info: { symbol: '·', tone: 'quiet' },
};

/** Verdicts in the order in which a reader wants them: what asks for action first. */
export const verdictOrder: readonly Verdict[] = ['fail', 'error', 'inconclusive', 'partial', 'pass', 'info', 'skip'];
