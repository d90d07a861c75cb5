import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { EventSink, RunEvent } from '../model/event.ts';
import { cloudEventOf } from './cloud-event.ts';
import { post } from './post.ts';
import { createQueue } from './queue.ts';
import { streamAddress } from './stream-address.ts';

export interface StreamOptions {
  /** Where each event is posted to, as the user wrote it. */
  url: string;
  /** A URI of the run, such as that of the workflow's run; made up where absent. */
  source?: string;
  fetch?: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** Events that wait at most. */
  limit?: number;
  /** Milliseconds for one request. */
  requestMs?: number;
  /** Milliseconds that `close` waits for what is still under way. */
  flushMs?: number;
  /** Milliseconds to wait after a first failure; each further one in a row doubles it. */
  firstPauseMs?: number;
  /** How the door spells the input. */
  urlLabel?: string;
}

/** What came of a stream. */
export interface Streamed {
  sent: number;
  /** Events that the receiver did not get, or of which it is not known. */
  lost: number;
  /** The last trouble, in words that may be shown. */
  trouble?: string;
}

export interface Stream {
  /** Takes an event and returns at once. Never throws. */
  sink: EventSink;
  /** Gives what is still waiting a short time, then ends. Never rejects; may be called again. */
  close(): Promise<Streamed>;
}

interface Entry {
  event: RunEvent;
  at: number;
  sequence: number;
}

const longestPauseMs = 10_000;
/** One event that a receiver cannot digest must not cost all behind it. */
const mostTries = 5;

/**
 * Posts every event of a run to a URL, in order, one at a time, best-effort: what the receiver refuses is left out, what it does not get is tried again a few times. Nothing
 * of it holds up the run or keeps the process alive. Throws BAD_INPUT for a wrong address.
 */
export function cloudEventStream(options: StreamOptions): Stream {
  const { url, source = `urn:uuid:${randomUUID()}`, fetch = globalThis.fetch, now = Date.now, limit = 1000, requestMs = 5000, flushMs = 3000, firstPauseMs = 250, urlLabel = 'stream_url' } = options;
  const address = streamAddress(url, urlLabel);
  const queue = createQueue<Entry>(limit);
  const ended = new AbortController();
  const hurry = new AbortController();
  const counts = { taken: 0, sent: 0 };
  let failures = 0;
  let trouble: string | undefined;
  let sending: Promise<void> | undefined;
  let closing: Promise<Streamed> | undefined;

  async function drain(): Promise<void> {
    for (let entry = queue.take(); entry !== undefined && !ended.signal.aborted; entry = queue.take()) {
      if (await deliver(entry)) counts.sent += 1;
    }
    sending = undefined;
  }

  async function deliver({ event, at, sequence }: Entry): Promise<boolean> {
    const body = JSON.stringify(cloudEventOf(event, { source, sequence, at }));
    for (let tries = 1; tries <= mostTries && !ended.signal.aborted; tries += 1) {
      const posted = await post(body, address, { fetch, signal: ended.signal, limitMs: requestMs });
      if (posted.outcome === 'sent') {
        failures = 0;
        return true;
      }
      // Cut off by the end of the stream, it would only say that.
      if (!ended.signal.aborted) trouble = posted.trouble;
      if (posted.outcome === 'refused') return false;
      failures += 1;
      await pause();
    }
    return false;
  }

  /** Does not keep the process alive, and is cut short when the stream is to end. */
  async function pause(): Promise<void> {
    const ms = hurry.signal.aborted ? firstPauseMs : Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1));
    const signal = hurry.signal.aborted ? ended.signal : AbortSignal.any([ended.signal, hurry.signal]);
    await wait(ms, undefined, { signal, ref: false }).catch(() => undefined);
  }

  async function end(): Promise<Streamed> {
    hurry.abort();
    const flush = setTimeout(() => ended.abort(), flushMs);
    await sending;
    clearTimeout(flush);
    ended.abort();
    const lost = counts.taken - counts.sent;
    return { sent: counts.sent, lost, ...(lost === 0 || trouble === undefined ? {} : { trouble }) };
  }

  return {
    sink(event) {
      if (closing !== undefined) return;
      counts.taken += 1;
      queue.push({ event, at: now(), sequence: counts.taken });
      // In a turn of its own, so that writing an event out as JSON does not hold up who emits it.
      sending ??= new Promise<void>((resolve) => setImmediate(resolve)).then(drain);
    },
    close: () => (closing ??= end()),
  };
}

/** What a run says of its stream at its end; undefined where every event arrived. */
export function streamTrouble({ sent, lost, trouble }: Streamed): string | undefined {
  if (lost === 0) return undefined;
  return `${lost} of ${lost + sent} events did not reach stream_url: ${trouble ?? 'it took them more slowly than they came'}. The run does not depend on it: events.ndjson in the output folder has all of them.`;
}
