import type { Outcome, PrepareAttempt } from './outcome.ts';
import { refusalOf } from './outcome.ts';
import { LineReader } from './tcp.ts';

/** What a server that speaks first says. */
export const banner = 'smi ready';
const maxBanner = 1024;

/** Waits for the server's first line, then sends the nonce as a line and reads the answer's line. */
export const prepareTcpFirstAttempt: PrepareAttempt = ({ host, port }, network, timeoutMs) => (nonce) =>
  new Promise<Outcome>((resolve, reject) => {
    const socket = network.connect(host, port);
    const timer = setTimeout(() => finish({ refusal: 'timeout' }), timeoutMs);
    const reader = new LineReader(nonce);
    let heard = '';
    let greeted = false;

    socket.on('data', (chunk: Buffer) => {
      let rest = chunk;
      if (!greeted) {
        heard += chunk.toString('latin1');
        const end = heard.indexOf('\n');
        if (end < 0) return heard.length > maxBanner ? finish({ refusal: 'TCP greeting of another' }) : undefined;
        if (heard.slice(0, end) !== banner) return finish({ refusal: 'TCP greeting of another' });
        greeted = true;
        rest = Buffer.from(heard.slice(end + 1), 'latin1');
        socket.write(`${nonce}\n`, 'latin1');
      }
      const outcome = rest.length === 0 ? undefined : reader.push(rest);
      if (outcome !== undefined) finish(outcome);
    });
    socket.on('end', () => finish(greeted ? reader.end() : { refusal: 'closed' }));
    socket.on('close', () => finish({ refusal: 'closed' }));
    socket.on('error', (error) => {
      try {
        finish({ refusal: refusalOf(error) });
      } catch (own) {
        clearTimeout(timer);
        reject(own);
      }
    });

    function finish(outcome: Outcome): void {
      clearTimeout(timer);
      resolve(outcome);
      socket.destroy();
    }
  });
