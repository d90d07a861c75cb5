import { MalformedAnswer } from './http-head.ts';
import type { AnswerHead } from './http-head.ts';

/** Follows a body to its end; what it holds does not matter. Text is one character a byte. */
export interface BodyReader {
  /** The end of the connection is the end of the body, not a loss of some of it. */
  readonly endsByClose: boolean;
  /** Takes the next piece; true when the body is complete. */
  push(text: string): boolean;
}

/** How the body of an answer ends, by RFC 9112, section 6.3. */
export function bodyReaderOf({ status, headers }: AnswerHead, toHead: boolean): BodyReader {
  if (toHead || status < 200 || status === 204 || status === 304) return sized(0);
  const coding = headers.get('transfer-encoding');
  if (coding !== undefined) return /(^|,)\s*chunked$/i.test(coding) ? new ChunkedBody() : untilClose;
  const length = headers.get('content-length');
  return length === undefined ? untilClose : sized(parseLength(length));
}

const untilClose: BodyReader = { endsByClose: true, push: () => false };

function sized(length: number): BodyReader {
  let missing = length;
  return { endsByClose: false, push: (text) => (missing -= text.length) <= 0 };
}

/** A length may be repeated (RFC 9110, 8.6), if it is the same. */
function parseLength(value: string): number {
  const [first = '', ...others] = value.split(/\s*,\s*/);
  if (!/^\d{1,15}$/.test(first) || others.some((other) => other !== first)) throw new MalformedAnswer('malformed HTTP answer');
  return Number(first);
}

/** The longest size line or trailer line. */
const maxLine = 16 * 1024;

class ChunkedBody implements BodyReader {
  readonly endsByClose = false;
  #held = '';
  /** Characters of the chunk that are still to come, with the newline after it. */
  #missing = 0;
  #inTrailer = false;

  push(text: string): boolean {
    let rest = this.#held + text;
    this.#held = '';
    while (true) {
      if (this.#missing > 0) {
        const taken = Math.min(this.#missing, rest.length);
        this.#missing -= taken;
        rest = rest.slice(taken);
        if (this.#missing > 0) return false;
      }
      const end = rest.indexOf('\r\n');
      if (end > maxLine || (end < 0 && rest.length > maxLine)) throw new MalformedAnswer('malformed HTTP answer');
      if (end < 0) {
        this.#held = rest;
        return false;
      }
      const line = rest.slice(0, end);
      rest = rest.slice(end + 2);
      if (this.#inTrailer) {
        if (line === '') return true;
      } else {
        const size = chunkSize(line);
        if (size === 0) this.#inTrailer = true;
        else this.#missing = size + 2;
      }
    }
  }
}

function chunkSize(line: string): number {
  const size = /^([0-9a-f]{1,12})[ \t]*(?:;|$)/i.exec(line)?.[1];
  if (size === undefined) throw new MalformedAnswer('malformed HTTP answer');
  return Number.parseInt(size, 16);
}
