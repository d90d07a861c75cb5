import { type Html, html } from '../html.ts';

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** `21 Nov 2026`. */
export function day(iso: string): Html {
  const date = new Date(iso);
  return html`<time datetime="${iso}">${date.getUTCDate()} ${months[date.getUTCMonth()]?.slice(0, 3)} ${date.getUTCFullYear()}</time>`;
}

/** `21 Nov 2026, 09:22 UTC`. */
export function moment(iso: string): Html {
  return html`<time datetime="${iso}">${day(iso)}, ${new Date(iso).toISOString().slice(11, 16)} UTC</time>`;
}

/** `November 2026` of `2026-11`. */
export function monthText(month: string): string {
  const [year, number] = month.split('-');
  return `${months[Number(number) - 1] ?? month} ${year ?? ''}`.trim();
}

/** `1 run`, `2 runs`. */
export function counted(count: number, word: string): string {
  const digits = count < 1000 ? String(count) : String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, '\u00A0');
  return `${digits} ${word}${count === 1 ? '' : 's'}`;
}

/** Names of specifications as people say them. */
export function specificationName(specification: string): string {
  return specification.replace('traffic-', 'Traffic ').replace(/ (.)/, (_, letter: string) => ` ${letter.toUpperCase()}`);
}
