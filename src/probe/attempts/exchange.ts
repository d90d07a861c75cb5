import type { ProbeNetwork } from '../network.ts';
import { refusalOf } from './outcome.ts';
import type { Outcome } from './outcome.ts';

/** Reads one answer as it arrives. */
export interface AnswerReader {
  /** Takes what arrived; the outcome as soon as the answer is complete, or cannot be one. */
  push(chunk: Buffer): Outcome | undefined;
  /** The peer ended the connection. */
  end(): Outcome;
}

export interface Endpoint {
  network: ProbeNetwork;
  host: string;
  port: number;
}

/** How long a server may take to end a connection that it has answered, in milliseconds. */
const lingerMs = 500;

/**
 * Says one thing on a fresh connection and reads the answer, all within the time-out.
 * The server is left to end the connection, so that its ports, not the few ephemeral ones of this pod, pass through TIME_WAIT.
 */
export function exchange({ network, host, port }: Endpoint, text: string, timeoutMs: number, reader: AnswerReader): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const socket = network.connect(host, port);
    let timer = setTimeout(() => finish({ refusal: 'timeout' }), timeoutMs);
    let open = true;

    socket.on('data', (chunk: Buffer) => {
      if (!open) return;
      const outcome = reader.push(chunk);
      if (outcome === undefined) return;
      open = false;
      resolve(outcome);
      clearTimeout(timer);
      timer = setTimeout(() => socket.destroy(), lingerMs);
    });
    socket.on('end', () => finish(reader.end()));
    socket.on('error', (error) => {
      if (!open) return;
      try {
        finish({ refusal: refusalOf(error) });
      } catch (own) {
        open = false;
        reject(own);
      }
    });
    socket.on('close', () => {
      clearTimeout(timer);
      finish({ refusal: 'closed' });
    });
    socket.write(text, 'latin1');

    function finish(outcome: Outcome): void {
      if (!open) return;
      open = false;
      resolve(outcome);
      socket.destroy();
    }
  });
}
