import { stripVTControlCharacters } from 'node:util';

/** Removes secrets from text that comes from outside: what a server says, what lies behind an error. */
export interface Scrubber {
  /** Makes one more text a secret, at once and in every form in which servers quote one. */
  learn(secret: string): void;
  /** One line without control characters, of at most 300 characters, with everything hidden that could be a piece of a secret. */
  scrub(text: string): string;
}

/** So much of a secret in a row gives it away; shorter pieces are found in harmless words as well. */
const piece = 8;
const most = 300;

export function createScrubber(): Scrubber {
  const whole = new Set<string>();
  const pieces = new Set<string>();
  const hides = (run: string): boolean => piecesOf(run).some((part) => pieces.has(part));
  return {
    learn(secret) {
      for (const form of formsOf(secret)) {
        if (form === '') continue;
        if (form.length < piece) whole.add(form);
        for (const part of piecesOf(form)) pieces.add(part);
      }
    },
    scrub(text) {
      // Secrets are hidden before the text is cut: half a secret is one too.
      const line = stripVTControlCharacters(text.slice(0, 20 * most).toWellFormed()).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
      let clean = line.replaceAll(/[\w.~+/=%\\-]+/g, (run) => (hides(run) ? '[hidden]' : run));
      for (const short of whole) clean = clean.replaceAll(short, '[hidden]');
      return clean.length > most ? `${clean.slice(0, most).toWellFormed().trimEnd()}…` : clean;
    },
  };
}

/** As it is, in a URL, in the JSON of encoders that escape slashes, and once more in base64. */
function formsOf(secret: string): string[] {
  return [secret, encodeURIComponent(secret), secret.replaceAll('/', '\\/'), Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('base64url')];
}

function piecesOf(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - piece + 1) }, (_, at) => text.slice(at, at + piece));
}
