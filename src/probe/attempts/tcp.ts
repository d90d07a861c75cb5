import { readAnswer } from '../identity.ts';
import { exchange } from './exchange.ts';
import type { AnswerReader } from './exchange.ts';
import type { Outcome, PrepareAttempt } from './outcome.ts';

/** Far above any answer of the application. */
const maxAnswer = 64 * 1024;

/** Sends the nonce as a line and reads the answer's line. */
export const prepareTcpAttempt: PrepareAttempt = ({ host, port }, network, timeoutMs) =>
  (nonce) => exchange({ network, host, port }, `${nonce}\n`, timeoutMs, new LineReader(nonce));

/** The outcome that an answer over TCP or UDP stands for. */
export function outcomeOf(transport: 'TCP' | 'UDP', text: string, nonce: string): Outcome {
  const answer = readAnswer(text, nonce);
  return typeof answer === 'string' ? { refusal: `${transport} answer ${answer}` } : { answer };
}

/** Reads an answer that is one line. */
export class LineReader implements AnswerReader {
  readonly #nonce: string;
  #text = '';

  constructor(nonce: string) {
    this.#nonce = nonce;
  }

  push(chunk: Buffer): Outcome | undefined {
    this.#text += chunk.toString('latin1');
    const end = this.#text.indexOf('\n');
    if (end >= 0) return outcomeOf('TCP', this.#text.slice(0, end), this.#nonce);
    return this.#text.length > maxAnswer ? { refusal: 'TCP answer without nonce' } : undefined;
  }

  end(): Outcome {
    return { refusal: this.#text === '' ? 'closed' : 'TCP answer without nonce' };
  }
}
