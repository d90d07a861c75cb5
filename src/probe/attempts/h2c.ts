import { connect, constants } from 'node:http2';
import type { ClientHttp2Session, IncomingHttpHeaders, IncomingHttpStatusHeader } from 'node:http2';
import { nonceHeader } from '../nonce.ts';
import type { ProbeNetwork } from '../network.ts';
import type { AttemptRequest } from '../protocol.ts';
import { judgeAnswer } from './http-answer.ts';
import { checkedHeaders } from './http.ts';
import { refusalOf } from './outcome.ts';
import type { Attempt, Outcome, PrepareAttempt } from './outcome.ts';

/** Sends an HTTP/2 request, by prior knowledge and without TLS, on a connection of its own. */
export const prepareH2cAttempt: PrepareAttempt = (request, network, timeoutMs) => {
  const headers = headersOf(request);
  return async (nonce) => {
    const session = openSession(request, network);
    try {
      return await ask(session, { ...headers, [nonceHeader]: nonce }, nonce, timeoutMs);
    } finally {
      session.destroy();
    }
  };
};

/** The same over one connection, as long as it lasts. */
export function keptH2cAttempt(request: AttemptRequest, network: ProbeNetwork, timeoutMs: number): { attempt: Attempt; close(): void } {
  const headers = headersOf(request);
  let session: ClientHttp2Session | undefined;
  return {
    attempt: (nonce) => {
      if (session === undefined || session.destroyed || session.closed) session = openSession(request, network);
      return ask(session, { ...headers, [nonceHeader]: nonce }, nonce, timeoutMs);
    },
    close: () => session?.destroy(),
  };
}

/** What befell the connection of a session. */
const failures = new WeakMap<ClientHttp2Session, Error>();

function openSession({ host, port }: AttemptRequest, network: ProbeNetwork): ClientHttp2Session {
  const socket = network.connect(host, port);
  const session = connect(`http://${host.includes(':') ? `[${host}]` : host}:${port}`, { createConnection: () => socket });
  // Heard before the session ends its requests, some of which it only cancels.
  socket.once('error', (error) => void failures.set(session, error));
  // Each request hears of it as well, and says how it ended.
  session.on('error', () => undefined);
  return session;
}

type Headers = Record<string, string | string[]>;

function headersOf(request: AttemptRequest): Headers {
  const { method = 'GET', path = '/', host, port } = request;
  const headers: Headers = { ':method': method, ':path': path, ':scheme': 'http', ':authority': `${host}:${port}` };
  for (const [name, value] of checkedHeaders(request)) {
    const key = name.toLowerCase() === 'host' ? ':authority' : name.toLowerCase();
    const before = headers[key];
    headers[key] = before === undefined || key === ':authority' ? value : [before, value].flat();
  }
  return headers;
}

function ask(session: ClientHttp2Session, headers: Headers, nonce: string, timeoutMs: number): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => finish({ refusal: 'timeout' }), timeoutMs);
    const lose = (error: Error): void => {
      try {
        // A request that was never sent is cancelled; why is the connection's to say.
        finish({ refusal: refusalOf(failures.get(session) ?? causeOf(error)) });
      } catch (own) {
        clearTimeout(timer);
        reject(own);
      }
    };
    session.once('error', lose);
    const stream = session.request(headers, { endStream: true });
    let outcome: Outcome | undefined;
    stream.on('response', (answered) => {
      outcome = judgeAnswer(headOf(answered), nonce);
    });
    stream.on('error', lose);
    stream.on('end', () => finish(outcome ?? { refusal: 'closed' }));
    stream.on('close', () => finish(outcome !== undefined && stream.rstCode === constants.NGHTTP2_NO_ERROR ? outcome : { refusal: 'closed' }));
    stream.resume();

    function finish(end: Outcome): void {
      clearTimeout(timer);
      session.off('error', lose);
      resolve(end);
    }
  });
}

function causeOf(error: Error): Error & { code?: unknown } {
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? cause : error;
}

function headOf(headers: IncomingHttpHeaders & IncomingHttpStatusHeader): { status: number; headers: Map<string, string> } {
  const entries = Object.entries(headers).flatMap(([name, value]): [string, string][] => (name.startsWith(':') || value === undefined ? [] : [[name, String(value)]]));
  return { status: headers[':status'] ?? 0, headers: new Map(entries) };
}
