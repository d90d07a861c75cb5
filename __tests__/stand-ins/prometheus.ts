import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Sample {
  metric: Record<string, string>;
  value: number;
}

export interface StandInPrometheus {
  url: string;
  /** Every query that was answered or refused, in order. */
  queries: string[];
  close(): Promise<void>;
}

/**
 * Prometheus' HTTP API as far as queries go: `answer` gives the vector of a query, or what is wrong with it. It refuses what a Prometheus refuses:
 * another method or path, a query that is missing, times and steps that are none, brackets that do not match.
 */
export async function startPrometheus(answer: (query: string) => Sample[] | { error: string; status?: number }): Promise<StandInPrometheus> {
  const queries: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://prometheus');
    const send = (status: number, body: object): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const bad = (status: number, errorType: string, error: string): void => send(status, { status: 'error', errorType, error });
    if (!['/api/v1/query', '/api/v1/query_range'].includes(url.pathname)) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found\n');
    if (request.method !== 'GET') return void response.writeHead(405, { allow: 'GET, OPTIONS' }).end('Method Not Allowed\n');
    const query = url.searchParams.get('query') ?? '';
    queries.push(query);
    const isRange = url.pathname.endsWith('_range');
    const times = isRange ? ['start', 'end', 'step'] : ['time'];
    const wrong = times.find((name) => (isRange || url.searchParams.has(name)) && Number.isNaN(Number(url.searchParams.get(name) ?? Number.NaN)) && Number.isNaN(Date.parse(url.searchParams.get(name) ?? '')));
    if (wrong !== undefined) return bad(400, 'bad_data', `invalid parameter "${wrong}": cannot parse to a valid timestamp`);
    if (query === '' || !balanced(query)) return bad(400, 'bad_data', `invalid parameter "query": 1:${query.length + 1}: parse error: unexpected end of input`);
    if (query === 'vector(1)') return send(200, vector([{ metric: {}, value: 1 }], isRange));
    const found = answer(query);
    if ('error' in found) return bad(found.status ?? 422, 'execution', found.error);
    return send(200, vector(found, isRange));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    queries,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}

function vector(samples: readonly Sample[], isRange: boolean): object {
  const now = Date.now() / 1000;
  // Numbers are text, so that NaN and infinities can be told.
  const result = samples.map(({ metric, value }) => (isRange ? { metric, values: [[now, String(value)]] } : { metric, value: [now, String(value)] }));
  return { status: 'success', data: { resultType: isRange ? 'matrix' : 'vector', result } };
}

function balanced(text: string): boolean {
  const open: string[] = [];
  const pairs: Record<string, string> = { ')': '(', ']': '[', '}': '{' };
  for (const one of text.replaceAll(/"(\\.|[^"\\])*"/g, '')) {
    if ('([{'.includes(one)) open.push(one);
    else if (one in pairs && open.pop() !== pairs[one]) return false;
  }
  return open.length === 0;
}
