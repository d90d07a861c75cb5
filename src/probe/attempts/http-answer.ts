import { identityHeaders } from '../identity.ts';
import { nonceHeader } from '../nonce.ts';
import type { AnswerReader } from './exchange.ts';
import { bodyReaderOf } from './http-body.ts';
import type { BodyReader } from './http-body.ts';
import { MalformedAnswer, parseHead } from './http-head.ts';
import type { AnswerHead } from './http-head.ts';
import type { Outcome } from './outcome.ts';

/** The longest head of an answer, in bytes. */
const maxHead = 64 * 1024;

/** Reads one HTTP/1.1 answer; it counts as the application's where the status is 2xx and nonce and identity are right. */
export class HttpAnswerReader implements AnswerReader {
  readonly #nonce: string;
  readonly #toHead: boolean;
  #text = '';
  #outcome: Outcome | undefined;
  #body: BodyReader | undefined;

  constructor(nonce: string, toHead: boolean) {
    this.#nonce = nonce;
    this.#toHead = toHead;
  }

  push(chunk: Buffer): Outcome | undefined {
    // One character a byte: lengths in text are lengths on the wire.
    const text = chunk.toString('latin1');
    try {
      if (this.#body !== undefined) return this.#body.push(text) ? this.#outcome : undefined;
      this.#text += text;
      return this.#readHead();
    } catch (error) {
      if (error instanceof MalformedAnswer) return { refusal: error.message };
      throw error;
    }
  }

  end(): Outcome {
    return this.#outcome !== undefined && this.#body?.endsByClose === true ? this.#outcome : { refusal: 'closed' };
  }

  #readHead(): Outcome | undefined {
    const end = this.#text.indexOf('\r\n\r\n');
    if (end > maxHead || (end < 0 && this.#text.length > maxHead)) throw new MalformedAnswer('HTTP answer with more than 64 KiB of headers');
    if (end < 0) {
      // Something that is not HTTP should not have to be waited for.
      if (!'HTTP/1.'.startsWith(this.#text.slice(0, 7))) throw new MalformedAnswer('malformed HTTP answer');
      return undefined;
    }
    const head = parseHead(this.#text.slice(0, end));
    const rest = this.#text.slice(end + 4);
    if (head.status < 200 && head.status !== 101) {
      this.#text = rest;
      return this.#readHead();
    }
    this.#outcome = judgeAnswer(head, this.#nonce);
    this.#body = bodyReaderOf(head, this.#toHead);
    return this.#body.push(rest) ? this.#outcome : undefined;
  }
}

/** Whether this head is the application's answer to the nonce, or what it is instead. */
export function judgeAnswer({ status, headers }: Pick<AnswerHead, 'status' | 'headers'>, nonce: string): Outcome {
  const name = `HTTP ${status}`;
  if (status < 200 || status > 299) return { refusal: name };
  const echoed = headers.get(nonceHeader);
  if (echoed === undefined) return { refusal: `${name} without nonce` };
  if (echoed !== nonce) return { refusal: `${name} with another nonce` };
  const workload = headers.get(identityHeaders.workload);
  const pod = headers.get(identityHeaders.pod);
  const serviceAccount = headers.get(identityHeaders.serviceAccount);
  const port = Number(headers.get(identityHeaders.port));
  if (!workload || !pod || !serviceAccount || !(port > 0)) return { refusal: `${name} without identity` };
  return { answer: { workload, pod, serviceAccount, port } };
}
