import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { answerText } from '../identity.ts';
import type { Served } from '../identity.ts';
import type { Records } from '../records.ts';

/** No nonce is longer; a connection that says more without a newline is not ours. */
const maxLine = 1024;

/** An application that speaks second: it reads one line, the nonce, answers one line, its identity, and ends. */
export function createTcpApplication(served: Served, records: Records): Server {
  return createServer({ noDelay: true }, (socket) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      if (socket.writableEnded) return;
      text += chunk.toString('latin1');
      const end = text.indexOf('\n');
      if (end < 0) {
        if (text.length > maxLine) socket.destroy();
        return;
      }
      const nonce = text.slice(0, end).replace(/\r$/, '');
      records.add({ nonce, port: served.port });
      socket.end(`${answerText(served, nonce)}\n`);
    });
  });
}
