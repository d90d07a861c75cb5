import { pause, type RunContext } from './context.ts';

/** Changes that come this close behind the first of a tide go with it, in milliseconds. */
const joinMs = 500;

/** Below this, in milliseconds, a mesh takes every change as it comes, and nobody need wait for anybody. */
const slowMs = 700;

/** What a change is taken to need, in milliseconds, before one was seen. */
const supposedMs = 2_500;

/** What counts as a mesh's usual pace: that many of its last changes. */
const remembered = 15;

/** A mesh that pushes changes pushes those of all lanes: this long after the first of a tide was seen in force, in milliseconds, the others are too, or never will be. */
const landingMs = 700;

/** From when, and until when, a change is due: in terms of the usual pace. */
const soon = 0.7;
const overdue = 1.5;

/** How long, in milliseconds, a lane waits before it looks again whether the tide is over. */
const lookMs = 25;

/**
 * Lets the changes of several lanes reach a mesh together. A mesh may gather changes and wait until none has come for a while (Open Service Mesh: 2 s, at most 10 s,
 * `proxyUpdateSlidingWindow` in pkg/messaging/broker.go), so that lanes which write whenever they like keep each other waiting, and every push reaches every proxy.
 * Here a lane that wants to write waits until the changes before it are in force, or the first of them has been for a while, or for one and a half times as long
 * as this mesh usually needs.
 * It decides when something is written, never what is judged: every wait is over before a change is sent, and so before its time is taken.
 */
export interface Tide {
  /** Whether a change that was made at that time of the run, in milliseconds, is to be in force about now, by the mesh's usual pace. */
  isDue(madeAt: number): boolean;
  /** Whether this mesh takes its time for a change: one that was just made is not in force yet. */
  isSlow(): boolean;
  /** Waits until the lane may write. Rejects when the run is cancelled. */
  board(lane: string): Promise<void>;
  /** The lane's change is in force, if it had made one; it took this long, in milliseconds. */
  arrived(lane: string, convergenceMs: number): void;
  /** Nothing of the lane is awaited any more. */
  left(lane: string): void;
}

export function createTide({ now, signal }: Pick<RunContext, 'now' | 'signal'>): Tide {
  const afloat = new Set<string>();
  const paces: number[] = [];
  let since = -Infinity;
  /** When the first change of the tide was seen in force. */
  let landed = Infinity;

  /** The median of the last changes, and a slow mesh's as long as none is known: where changes are in force at once nobody waits long for them. */
  const pace = (): number => paces.toSorted((a, b) => a - b)[Math.floor(paces.length / 2)] ?? supposedMs;
  const isOverdue = (madeAt: number): boolean => now() - madeAt >= overdue * pace();
  const mayJoin = (lane: string): boolean => now() - since <= joinMs || (afloat.has(lane) && !isOverdue(since));
  const isOver = (): boolean => afloat.size === 0 || now() - landed >= landingMs || pace() < slowMs || isOverdue(since);

  return {
    isSlow: () => paces.length > 0 && pace() >= slowMs,
    isDue: (madeAt) => now() - madeAt > soon * pace() && !isOverdue(madeAt),
    async board(lane) {
      while (!mayJoin(lane) && !isOver()) await pause(lookMs, signal);
      if (!mayJoin(lane)) {
        afloat.clear();
        since = now();
        landed = Infinity;
      }
      afloat.add(lane);
    },
    arrived(lane, convergenceMs) {
      if (!afloat.delete(lane)) return;
      // What holds at once waited for no push.
      if (convergenceMs >= slowMs) landed = Math.min(landed, now());
      paces.push(convergenceMs);
      if (paces.length > remembered) paces.shift();
    },
    left: (lane) => void afloat.delete(lane),
  };
}
