import type { PodFacts } from '../contract.ts';

/** One HTTP request that reached an application through the mesh. */
export interface Exchange {
  /** When its answer began, in milliseconds of the clock. */
  at: number;
  /** From the request's arrival at the application to its answer, in milliseconds. */
  tookMs: number;
  status: number;
  caller: PodFacts;
  destination: PodFacts;
  /** The TrafficSplit by which it came to its backend. */
  split?: SplitTaken;
}

/** A TrafficSplit, and the backend that a request of it fell to. */
export interface SplitTaken {
  namespace: string;
  name: string;
  backend: string;
}

/** What the side proxies saw lately. */
export interface TrafficLog {
  add(exchange: Omit<Exchange, 'at'>): void;
  /** Oldest first. */
  recent(): readonly Exchange[];
  /** The clock, in milliseconds since 1970. */
  now(): number;
}

/** Long enough that numbers which never fall can be told from those of a window. */
const keptMs = 60_000;
const mostKept = 50_000;

export function createTrafficLog(now: () => number = Date.now): TrafficLog {
  let kept: Exchange[] = [];
  const drop = (): void => {
    const since = now() - keptMs;
    const first = kept.findIndex(({ at }) => at >= since);
    kept = first < 0 ? [] : kept.slice(Math.max(first, kept.length - mostKept));
  };
  return {
    now,
    add(exchange) {
      kept.push({ ...exchange, at: now() });
      if (kept.length > 2 * mostKept) drop();
    },
    recent() {
      drop();
      return kept;
    },
  };
}
