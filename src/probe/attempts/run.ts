import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ProbeNetwork } from '../network.ts';
import { formatNonce, parseNonce } from '../nonce.ts';
import type { AttemptBatch, AttemptRequest, AttemptResult } from '../protocol.ts';
import { keepAttempts } from './kept.ts';
import type { KeptAttempts } from './kept.ts';
import type { Attempt } from './outcome.ts';
import { prepareAttempt } from './prepare.ts';
import { Tally } from './tally.ts';

/**
 * Runs a batch: attempt 0 of each request, attempt 1 of each, … with at most `concurrency` under way. Rejects where the batch
 * is malformed or this probe is at fault, and once `signal` is aborted; never because of what a server or a proxy does.
 */
export async function runBatch(batch: AttemptBatch, network: ProbeNetwork, signal: AbortSignal): Promise<AttemptResult[]> {
  check(batch);
  const kept: KeptAttempts[] = [];
  const kinds = batch.requests.map((request) => ({ request, attempt: attemptOf(request, batch.timeoutMs, network, kept), tally: new Tally(request) }));
  const order = interleaved(kinds);
  // All workers draw from one order; where one of them throws, its loop closes the order, and the others end with it.
  const work = async (): Promise<void> => {
    for (const { kind: { request, attempt, tally }, index } of order) {
      signal.throwIfAborted();
      const start = performance.now();
      const outcome = await attempt(formatNonce(batch.batch, request.key, index));
      tally.add(outcome, performance.now() - start);
    }
  };
  const total = batch.requests.reduce((sum, { attempts }) => sum + attempts, 0);
  const lag = monitorEventLoopDelay({ resolution: 10 });
  lag.enable();
  try {
    await Promise.all(Array.from({ length: Math.min(batch.concurrency, total) }, work));
  } finally {
    lag.disable();
    for (const one of kept) one.close();
  }
  // Nothing is measured in a batch that is over before the first look at the clock.
  const lagMs = Number.isFinite(lag.max) ? Math.round(lag.max / 1e6) : 0;
  return kinds.map(({ tally }) => ({ ...tally.result(), lagMs }));
}

function attemptOf(request: AttemptRequest, timeoutMs: number, network: ProbeNetwork, kept: KeptAttempts[]): Attempt {
  if (request.connection === undefined) return prepareAttempt[request.protocol](request, network, timeoutMs);
  const attempts = keepAttempts(request, network, timeoutMs);
  kept.push(attempts);
  return attempts.attempt;
}

/** The first attempt of each, the second of each, … */
function* interleaved<Kind extends { request: AttemptRequest }>(kinds: Kind[]): Generator<{ kind: Kind; index: number }, void, void> {
  const most = Math.max(0, ...kinds.map(({ request }) => request.attempts));
  for (let index = 0; index < most; index += 1) {
    for (const kind of kinds) if (index < kind.request.attempts) yield { kind, index };
  }
}

/** The client is typed by the same code, but a batch that went wrong on its way must not be read as a denial. */
function check({ batch, requests, concurrency, timeoutMs }: AttemptBatch): void {
  must(typeof batch === 'string' && parseNonce(formatNonce(batch, 0, 0)) !== undefined, '`batch` must be 1 to 128 of A-Z a-z 0-9 _ -');
  must(Number.isInteger(concurrency) && concurrency > 0, '`concurrency` must be an integer above 0');
  must(timeoutMs > 0 && timeoutMs < 2 ** 31, '`timeoutMs` must be above 0');
  must(Array.isArray(requests), '`requests` must be a list');
  must(new Set(requests.map(({ key }) => key)).size === requests.length, '`key` must differ between the requests');
  for (const { key, protocol, host, port, attempts } of requests) {
    must(Number.isInteger(key) && key >= 0 && key < 1e9, '`key` must be an integer from 0');
    must(Object.hasOwn(prepareAttempt, protocol), `\`protocol\` of request ${key} must be one of ${Object.keys(prepareAttempt).join(', ')}`);
    must(typeof host === 'string' && host !== '', `\`host\` of request ${key} must be a name or an address`);
    must(Number.isInteger(port) && port > 0 && port < 65536, `\`port\` of request ${key} must be from 1 to 65535`);
    must(Number.isInteger(attempts) && attempts >= 0 && attempts < 1e9, `\`attempts\` of request ${key} must be an integer from 0`);
  }
}

function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`The batch cannot be run: ${what}.`);
}
