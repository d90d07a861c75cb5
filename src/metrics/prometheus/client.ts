import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import { ConformanceError, messageOf } from '../../model/errors.ts';

/** One series of an instant query: its labels, and its value now. NaN where there is none. */
export interface Series {
  labels: Record<string, string>;
  value: number;
}

export interface PrometheusClient {
  /** What of Prometheus it is, without credentials: for reports and messages. */
  readonly name: string;
  /** An instant query; an empty list where no series matches. Rejects with API where Prometheus refuses it or does not answer. */
  query(promql: string): Promise<Series[]>;
}

export interface PrometheusAddress {
  url: string;
  name: string;
  /** Opens a connection to it by another way than its address. */
  connect?: () => Promise<Duplex>;
}

const timeoutMs = 15_000;

/** Prometheus' HTTP API, as far as instant queries go. */
export function createPrometheus({ url, name, connect }: PrometheusAddress): PrometheusClient {
  return {
    name,
    async query(promql) {
      const { status, text } = await get(`${url.replace(/\/+$/, '')}/api/v1/query?query=${encodeURIComponent(promql)}`, name, connect);
      const reply = parsed(text);
      const { status: outcome, errorType, error, data } = reply ?? {};
      if (reply === undefined || (outcome !== 'success' && outcome !== 'error')) throw trouble(name, `it answered HTTP ${status} with what is no answer of Prometheus: ${text.trim().replaceAll(/\s+/g, ' ').slice(0, 100)}`);
      if (outcome === 'error' || status !== 200) throw trouble(name, `it refused a query (HTTP ${status}, ${String(errorType)}): ${String(error)}. The query: ${promql}`);
      const { resultType, result } = Object(data) as { resultType?: unknown; result?: unknown };
      if (resultType !== 'vector' || !Array.isArray(result)) throw trouble(name, `a query gave a ${String(resultType)}, and only vectors can be read. The query: ${promql}`);
      return result.map((one: { metric?: Record<string, string>; value?: [number, string] }) => ({ labels: one.metric ?? {}, value: Number(one.value?.[1]) }));
    },
  };
}

interface Reply {
  status?: unknown;
  errorType?: unknown;
  error?: unknown;
  data?: unknown;
}

function parsed(text: string): Reply | undefined {
  try {
    return Object(JSON.parse(text)) as Reply;
  } catch {
    // Whoever answers is no Prometheus, which the caller says.
    return undefined;
  }
}

async function get(url: string, name: string, connect?: () => Promise<Duplex>): Promise<{ status: number; text: string }> {
  const connection = await connect?.().catch((error: unknown) => {
    throw trouble(name, `it cannot be reached: ${messageOf(error)}`, error);
  });
  try {
    return await new Promise((resolve, reject) => {
      const send = url.startsWith('https:') ? httpsRequest : httpRequest;
      const request = send(url, { method: 'GET', headers: { accept: 'application/json' }, signal: AbortSignal.timeout(timeoutMs), ...(connection === undefined ? { agent: false as const } : { createConnection: () => connection }) });
      request.on('error', reject);
      request.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }));
        response.on('error', reject);
      });
      request.end();
    });
  } catch (error) {
    throw trouble(name, `it does not answer: ${messageOf(error)}`, error);
  } finally {
    connection?.destroy();
  }
}

function trouble(name: string, what: string, cause?: unknown): ConformanceError {
  return new ConformanceError('API', `metrics cannot be read from ${name}: ${what}`, cause === undefined ? {} : { cause });
}
