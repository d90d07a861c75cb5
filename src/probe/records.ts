import { parseNonce, sentinelKey } from './nonce.ts';
import type { RecordSummary } from './protocol.ts';

/** The most batches whose records are kept; the oldest is dropped, and asking for it is then an error, never an empty record. */
export const maxBatches = 200;
/** The most names of dropped batches that are remembered. */
const maxDropped = 10_000;

/** One request that reached the application. */
export interface Arrival {
  nonce: string;
  port: number;
  /** HTTP only. */
  method?: string;
  /** HTTP only. */
  path?: string;
}

interface BatchRecord {
  byKey: Map<number, KeyRecord>;
  sentinels: Set<string>;
}

interface KeyRecord {
  ports: Map<number, number>;
  first?: { method: string; path: string };
}

/** What reached this pod's applications, by batch. The proof of a denial, so it never guesses: what it no longer knows it says. */
export class Records {
  readonly #batches = new Map<string, BatchRecord>();
  readonly #dropped = new Set<string>();

  /** Keeps an arrival; to be called before it is answered. One without a well-formed nonce is not ours and is left out. */
  add(arrival: Arrival): void {
    const nonce = parseNonce(arrival.nonce);
    if (nonce === undefined) return;
    const batch = this.#batches.get(nonce.batch) ?? this.#open(nonce.batch);
    if (nonce.key === sentinelKey) {
      batch.sentinels.add(`${arrival.nonce} ${arrival.port}`);
      return;
    }
    let record = batch.byKey.get(nonce.key);
    if (record === undefined) {
      record = { ports: new Map() };
      if (arrival.method !== undefined && arrival.path !== undefined) record.first = { method: arrival.method, path: arrival.path };
      batch.byKey.set(nonce.key, record);
    }
    record.ports.set(arrival.port, (record.ports.get(arrival.port) ?? 0) + 1);
  }

  /** What arrived of a batch, sentinels apart. Throws where it was dropped for room. */
  summary(batch: string): RecordSummary[] {
    if (this.#dropped.has(batch)) {
      throw new Error(`The records of batch ${batch} were dropped: a probe keeps ${maxBatches} batches. Forget batches that were judged.`);
    }
    const byKey = this.#batches.get(batch)?.byKey ?? new Map<number, KeyRecord>();
    return [...byKey].map(([key, { ports, first }]) => ({
      key,
      count: [...ports.values()].reduce((sum, count) => sum + count, 0),
      ports: [...ports.keys()].sort((a, b) => a - b),
      ...(first === undefined ? {} : { first }),
    })).sort((a, b) => a.key - b.key);
  }

  /** Whether a sentinel was recorded at a port; it is forgotten by being asked for. */
  takeSentinel(nonce: string, port: number): boolean {
    return this.#batches.get(parseNonce(nonce)?.batch ?? '')?.sentinels.delete(`${nonce} ${port}`) ?? false;
  }

  forget(batch: string): void {
    this.#batches.delete(batch);
    this.#dropped.delete(batch);
  }

  #open(name: string): BatchRecord {
    const record: BatchRecord = { byKey: new Map(), sentinels: new Set() };
    this.#batches.set(name, record);
    if (this.#batches.size > maxBatches) {
      this.#dropped.add(removeOldest(this.#batches.keys(), this.#batches));
      if (this.#dropped.size > maxDropped) removeOldest(this.#dropped.keys(), this.#dropped);
    }
    return record;
  }
}

/** Maps and sets keep the order of insertion: the first is the oldest. */
function removeOldest(keys: IterableIterator<string>, from: { delete(key: string): boolean }): string {
  const oldest = keys.next().value ?? '';
  from.delete(oldest);
  return oldest;
}
