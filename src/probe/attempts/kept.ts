import type { Socket } from 'node:net';
import type { ProbeNetwork } from '../network.ts';
import type { AttemptRequest } from '../protocol.ts';
import type { AnswerReader } from './exchange.ts';
import { keptH2cAttempt } from './h2c.ts';
import { HttpAnswerReader } from './http-answer.ts';
import { requestHead } from './http.ts';
import { refusalOf } from './outcome.ts';
import type { Attempt, Outcome } from './outcome.ts';
import { LineReader } from './tcp.ts';

/** Attempts that share one connection. */
export interface KeptAttempts {
  attempt: Attempt;
  close(): void;
}

/** Prepares attempts that follow each other over one connection. Where it ends, that attempt is refused, and the next one opens another. */
export function keepAttempts(request: AttemptRequest, network: ProbeNetwork, timeoutMs: number): KeptAttempts {
  const { attempt, close } = startAttempts(request, network, timeoutMs);
  let last: Promise<unknown> = Promise.resolve();
  return {
    attempt: (nonce) => {
      const next = last.then(() => attempt(nonce));
      last = next.catch(() => undefined);
      return next;
    },
    close,
  };
}

function startAttempts(request: AttemptRequest, network: ProbeNetwork, timeoutMs: number): KeptAttempts {
  switch (request.protocol) {
    case 'h2c':
      return keptH2cAttempt(request, network, timeoutMs);
    case 'http': {
      const [before, after] = requestHead({ ...request, headers: [['Connection', 'keep-alive'], ...(request.headers ?? [])] });
      return overSocket(request, network, timeoutMs, (nonce) => ({ text: before + nonce + after, reader: new HttpAnswerReader(nonce, request.method === 'HEAD') }));
    }
    case 'tcp':
      // The application answers a line that begins with a plus sign and goes on to listen.
      return overSocket(request, network, timeoutMs, (nonce) => ({ text: `+${nonce}\n`, reader: new LineReader(nonce) }));
    default:
      throw new Error(`Request ${request.key} cannot keep a connection: ${request.protocol} is spoken over fresh ones only.`);
  }
}

function overSocket({ host, port }: AttemptRequest, network: ProbeNetwork, timeoutMs: number, prepare: (nonce: string) => { text: string; reader: AnswerReader }): KeptAttempts {
  let socket: Socket | undefined;
  return {
    attempt: async (nonce) => {
      const { text, reader } = prepare(nonce);
      if (socket === undefined || socket.destroyed || socket.readableEnded) {
        socket = network.connect(host, port);
        // Whoever uses it hears of its errors; between two uses they show in that it is destroyed.
        socket.on('error', () => undefined);
      }
      const outcome = await converse(socket, text, reader, timeoutMs);
      if ('refusal' in outcome) socket.destroy();
      return outcome;
    },
    close: () => socket?.destroy(),
  };
}

/** Says one thing on an open connection and reads the answer. */
function converse(socket: Socket, text: string, reader: AnswerReader, timeoutMs: number): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => finish({ refusal: 'timeout' }), timeoutMs);
    const take = (chunk: Buffer): void => {
      const outcome = reader.push(chunk);
      if (outcome !== undefined) finish(outcome);
    };
    const ended = (): void => finish(reader.end());
    const closed = (): void => finish({ refusal: 'closed' });
    const lost = (error: Error): void => {
      try {
        finish({ refusal: refusalOf(error) });
      } catch (own) {
        leave();
        reject(own);
      }
    };
    const listeners = [['data', take], ['end', ended], ['close', closed], ['error', lost]] as const;
    for (const [event, listener] of listeners) socket.on(event, listener);
    socket.write(text, 'latin1');

    function leave(): void {
      clearTimeout(timer);
      for (const [event, listener] of listeners) socket.off(event, listener);
    }
    function finish(outcome: Outcome): void {
      leave();
      resolve(outcome);
    }
  });
}
