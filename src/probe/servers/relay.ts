import { createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server } from 'node:net';
import { identityHeaders } from '../identity.ts';
import type { Served } from '../identity.ts';
import type { ProbeNetwork } from '../network.ts';
import { nonceHeader, parseNonce, sentinelKey } from '../nonce.ts';
import type { Records } from '../records.ts';

/** The longest answer of an application that is passed on, in bytes. */
const maxAnswer = 1024 * 1024;

/** What every application that can stand behind a relay answers with the request itself, so that the answer shows that it came there. */
const echoPath = '/echo';

/**
 * Stands before an application of another make that listens at a port of the same pod, and has it answer. What arrives is recorded first, since the application
 * keeps no record; what it answers is passed on as it is, with its identity. Where it does not answer, nobody does: 502, which is no answer of an application.
 */
export function createRelay(served: Served, records: Records, port: number, network: ProbeNetwork): Server {
  const identity = Object.entries(identityHeaders).map(([part, header]) => [header, String(served[part as keyof Served])] as const);
  return createServer({ keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0, requireHostHeader: false, maxHeaderSize: 64 * 1024 }, respond);

  function respond(request: IncomingMessage, response: ServerResponse): void {
    const sent = request.headers[nonceHeader];
    const nonce = typeof sent === 'string' ? parseNonce(sent) : undefined;
    if (nonce !== undefined) records.add({ nonce: String(sent), port: served.port, method: request.method ?? '', path: request.url ?? '' });
    // A sentinel asks no more than whether the application lives.
    const path = nonce?.key === sentinelKey ? echoPath : (request.url ?? '/');
    const onward = httpRequest({ createConnection: () => network.connect('127.0.0.1', port), method: request.method, path, headers: request.headers });
    const fail = (why: string): void => {
      onward.destroy();
      if (!response.headersSent) response.writeHead(502, { 'content-type': 'text/plain' }).end(`${why}\n`);
    };
    onward.on('error', (error) => fail(`the application does not answer: ${error.message}`));
    onward.on('response', (answer) => passOn(answer, { nonce: nonce === undefined ? undefined : String(sent), echoes: request.method !== 'HEAD' && path.split('?')[0] === echoPath }, response, fail));
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  }

  function passOn(answer: IncomingMessage, { nonce, echoes }: { nonce: string | undefined; echoes: boolean }, response: ServerResponse, fail: (why: string) => void): void {
    const chunks: Buffer[] = [];
    let length = 0;
    answer.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > maxAnswer) fail('the application answers without end');
    });
    answer.on('end', () => {
      if (response.headersSent) return;
      const body = Buffer.concat(chunks);
      const { statusCode: status = 502 } = answer;
      // Whoever does not say what was asked is another program than the one that was named.
      if (echoes && status === 200 && nonce !== undefined && !body.includes(nonce)) return fail('what answers is not the application: it does not echo the request');
      const { 'content-type': type } = answer.headers;
      response.writeHead(status, { ...Object.fromEntries(identity), ...(nonce !== undefined && { [nonceHeader]: nonce }), ...(type !== undefined && { 'content-type': type }), 'content-length': body.length });
      response.end(body);
    });
  }
}
