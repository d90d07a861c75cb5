import type { Paint, Tone } from './style.ts';
import { wrap } from './text.ts';

/** What every part of the table is drawn with. */
export interface Page {
  paint: Paint;
  width: number;
}

/** A heading with a line to the page's edge, and what stands at its end. */
export function heading(title: string, end: string, { paint, width }: Page): string {
  const line = Math.max(2, width - 3 - title.length - (end === '' ? 0 : end.length + 1));
  return ` ${paint('strong', title)} ${paint('quiet', '─'.repeat(line))}${end === '' ? '' : ` ${end}`}`;
}

/** A label and its text, which goes on below itself where it needs more than a line. */
export function labelled(label: string, text: string, indent: number, { paint, width }: Page, tone?: Tone): string[] {
  const start = indent + label.length + (label === '' ? 0 : 2);
  return wrap(text, width - start).map((line, index) => {
    const before = index === 0 && label !== '' ? `${' '.repeat(indent)}${paint('quiet', label)}  ` : ' '.repeat(start);
    return `${before}${tone ? paint(tone, line) : line}`;
  });
}
