import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { answerText } from '../identity.ts';
import type { Served } from '../identity.ts';
import type { Records } from '../records.ts';

/** No nonce is longer; a connection that says more without a newline is not ours. */
const maxLine = 1024;

/**
 * An application that speaks second: it reads one line, the nonce, answers one line, its identity, and ends. After a nonce with a plus
 * sign before it, it goes on to read. With a greeting it says that first.
 */
export function createTcpApplication(served: Served, records: Records, greeting?: string): Server {
  return createServer({ noDelay: true }, (socket) => {
    let text = '';
    if (greeting !== undefined) socket.write(`${greeting}\n`);
    socket.on('data', (chunk: Buffer) => {
      if (socket.writableEnded) return;
      text += chunk.toString('latin1');
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
        const line = text.slice(0, end).replace(/\r$/, '');
        text = text.slice(end + 1);
        const goesOn = line.startsWith('+');
        const nonce = goesOn ? line.slice(1) : line;
        records.add({ nonce, port: served.port });
        const answer = `${answerText(served, nonce)}\n`;
        if (!goesOn) return socket.end(answer);
        socket.write(answer);
      }
      if (text.length > maxLine) socket.destroy();
    });
  });
}
