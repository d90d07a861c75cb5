import { setTimeout as pause } from 'node:timers/promises';
import type { ProbeNetwork } from '../network.ts';
import { formatNonce } from '../nonce.ts';
import type { HeldReply, HeldRequest } from '../protocol.ts';
import { keepAttempts } from './kept.ts';
import { prepareAttempt } from './prepare.ts';
import { Tally } from './tally.ts';

/** Traffic that goes on until it is ended. */
export interface HeldTraffic {
  /** Settles when the first attempt has ended. */
  begun: Promise<void>;
  /** Ends it; resolves with what became of it. */
  end(): Promise<HeldReply>;
}

const mostRefusals = 1_000;

/** Begins to send one kind of request again and again. */
export function holdTraffic({ name, request, everyMs, timeoutMs }: HeldRequest, network: ProbeNetwork): HeldTraffic {
  const ending = new AbortController();
  const tally = new Tally(request);
  const refusedAtMs: number[] = [];
  const since = performance.now();
  const kept = request.connection === 'kept' ? keepAttempts(request, network, timeoutMs) : undefined;
  const attempt = kept?.attempt ?? prepareAttempt[request.protocol](request, network, timeoutMs);

  const once = async (index: number): Promise<void> => {
    const start = performance.now();
    const outcome = await attempt(formatNonce(name, request.key, index));
    const end = performance.now();
    tally.add(outcome, end - start);
    if ('refusal' in outcome && refusedAtMs.length < mostRefusals) refusedAtMs.push(Math.round(end - since));
  };
  const begun = once(0);
  const over = begun.then(async () => {
    for (let index = 1; !ending.signal.aborted; index += 1) {
      await pause(everyMs, undefined, { signal: ending.signal }).catch(() => undefined);
      if (!ending.signal.aborted) await once(index);
    }
  });
  // Who ends it hears of its failure.
  over.catch(() => undefined);
  return {
    begun,
    async end() {
      ending.abort();
      try {
        await over;
      } finally {
        kept?.close();
      }
      return { ...tally.result(), refusedAtMs };
    },
  };
}
