import { setTimeout as pause } from 'node:timers/promises';
import type { ProbeNetwork } from '../network.ts';
import { answerHeader, delayHeader, formatNonce } from '../nonce.ts';
import type { AttemptRequest, LoadedReply, LoadRequest } from '../protocol.ts';
import type { Attempt, Outcome } from './outcome.ts';
import { prepareAttempt } from './prepare.ts';

/** Traffic at an even rate that goes on until it is ended. */
export interface RunningLoad {
  loaded(lastMs: number): LoadedReply;
  /** Resolves when nothing of it is under way any more. */
  end(): Promise<void>;
}

/** More than these under way at once, and a server that does not answer is what keeps them: no more are begun until some have ended. */
const mostUnderWay = 200;
/** How many ended attempts are remembered. */
const mostKept = 20_000;

interface Ended {
  at: number;
  form: 'success' | 'failure' | { refused: string };
  /** Beyond what the application was told to take, in milliseconds. */
  overheadMs: number;
}

/** Begins to send one kind of request at an even rate, each on a connection of its own. Throws where it cannot be sent at all. */
export function startLoad(load: LoadRequest, network: ProbeNetwork): RunningLoad {
  const { name, request, perSecond, timeoutMs } = load;
  if (!(perSecond > 0)) throw new Error(`The load ${name} cannot be sent: its rate must be above 0.`);
  const attemptOf = preparedFor(request, (sent) => prepareAttempt[request.protocol](sent, network, timeoutMs));
  const ending = new AbortController();
  const since = performance.now();
  const underWay = new Set<Promise<void>>();
  let ended: Ended[] = [];
  let sent = 0;
  let failure: unknown;

  const once = async (index: number): Promise<void> => {
    const planned = plan(load, index);
    const start = performance.now();
    const outcome = await attemptOf(planned)(formatNonce(name, request.key, index));
    const at = performance.now();
    ended.push({ at, form: formOf(outcome), overheadMs: at - start - planned.delayMs });
    if (ended.length > 2 * mostKept) ended = ended.slice(-mostKept);
  };
  const send = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      const due = Math.floor(((performance.now() - since) / 1000) * perSecond) + 1;
      while (sent < due && underWay.size < mostUnderWay) {
        const attempt = once(sent).catch((error: unknown) => {
          failure ??= error;
        }).finally(() => underWay.delete(attempt));
        underWay.add(attempt);
        sent += 1;
      }
      const nextMs = (sent * 1000) / perSecond - (performance.now() - since);
      await pause(Math.max(1, nextMs), undefined, { signal: ending.signal }).catch(() => undefined);
    }
  };
  const over = send();

  return {
    loaded(lastMs) {
      if (failure !== undefined) throw failure;
      const now = performance.now();
      const within = ended.filter(({ at }) => at > now - lastMs);
      const last = within.map(({ form }) => form);
      const overheads = within.filter(({ form }) => typeof form === 'string').map(({ overheadMs }) => overheadMs).toSorted((a, b) => a - b);
      const overheadMs = overheads[Math.ceil(overheads.length * 0.9) - 1];
      const refusals: Record<string, number> = {};
      for (const form of last) if (typeof form === 'object') refusals[form.refused] = (refusals[form.refused] ?? 0) + 1;
      const count = (wanted: Ended['form']): number => last.filter((form) => form === wanted).length;
      return { runsMs: Math.round(now - since), sent, successes: count('success'), failures: count('failure'), refusals, ...(overheadMs === undefined ? {} : { overheadMs }) };
    },
    async end() {
      ending.abort();
      await over;
      await Promise.all(underWay);
    },
  };
}

interface Plan {
  fails: boolean;
  delayMs: number;
}

/** How one attempt is to be answered. What is rare is spread evenly. */
function plan({ failEvery, delayMs = 0, slow }: LoadRequest, index: number): Plan {
  const isSlow = slow !== undefined && Math.floor(((index + 1) * slow.count) / slow.of) > Math.floor((index * slow.count) / slow.of);
  return { fails: failEvery !== undefined && index % failEvery === failEvery - 1, delayMs: isSlow ? slow.ms : delayMs };
}

/** Attempts with the headers of a plan, prepared once for each plan. */
function preparedFor(request: AttemptRequest, prepare: (sent: AttemptRequest) => Attempt): (wanted: Plan) => Attempt {
  const known = new Map<string, Attempt>();
  return ({ fails, delayMs }) => {
    const key = `${fails} ${delayMs}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const wishes: [string, string][] = [...(fails ? [[answerHeader, '500'] as [string, string]] : []), ...(delayMs > 0 ? [[delayHeader, String(delayMs)] as [string, string]] : [])];
    const attempt = prepare(wishes.length === 0 ? request : { ...request, headers: [...(request.headers ?? []), ...wishes] });
    known.set(key, attempt);
    return attempt;
  };
}

function formOf(outcome: Outcome): Ended['form'] {
  if ('answer' in outcome) return 'success';
  return outcome.refusal === 'HTTP 500' ? 'failure' : { refused: outcome.refusal };
}
