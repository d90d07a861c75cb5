import { closedGate, gatesOf, type GateState } from '../judge/index.ts';
import type { Verdict } from '../model/specification.ts';
import type { Planned } from '../suite/index.ts';

/** Where an assertion stands with its gates: they held, one did not, or one is still undecided. */
export type Gate = { state: 'open' } | { state: 'pending' } | { state: 'closed'; reason: string };

/** Hands out planned assertions: gates first, the others when their gates have passed, exclusive ones alone and last. */
export interface Schedule {
  /** The next assertion for a fixture; waits while gates are undecided; undefined when there is none left. */
  next(fixture: string): Promise<Planned | undefined>;
  /** Whether an assertion of that fixture is still to come. */
  hasMore(fixture: string): boolean;
  /** Tells how an assertion ended. */
  settle(planned: Planned, verdict: Verdict): void;
  gate(planned: Planned): Gate;
  /** The gates' verdicts so far, as the judge reads them. */
  readonly gates: GateState;
  /** Wakes everyone up with nothing left to do. */
  stop(): void;
}

export function createSchedule(plan: readonly Planned[]): Schedule {
  const pending = new Set(plan);
  const running = new Set<Planned>();
  const gates = gatesOf(plan.map(({ assertion }) => assertion));
  let wakers: (() => void)[] = [];
  let stopped = false;

  const gate = (entry: Planned): Gate => gateOf(entry, gates, new Set([...pending, ...running].filter((other) => other.gate).map(({ assertion }) => assertion.id)));
  const eligible = (fixture: string): Planned | 'wait' | undefined => {
    const mine = [...pending].filter(({ assertion }) => assertion.fixture === fixture);
    if (mine.length === 0) return undefined;
    if ([...running].some(({ assertion }) => assertion.exclusive === true)) return 'wait';
    const open = mine.find((entry) => gate(entry).state !== 'pending');
    if (open === undefined) return 'wait';
    const shared = mine.find((entry) => entry.assertion.exclusive !== true && (gate(entry).state !== 'pending'));
    if (shared !== undefined) return shared;
    const othersLeft = running.size > 0 || [...pending].some(({ assertion }) => assertion.exclusive !== true);
    return othersLeft ? 'wait' : open;
  };
  const wake = (): void => {
    const woken = wakers;
    wakers = [];
    for (const waker of woken) waker();
  };

  return {
    async next(fixture) {
      for (;;) {
        if (stopped) return undefined;
        const found = eligible(fixture);
        if (found !== 'wait') {
          if (found !== undefined) {
            pending.delete(found);
            running.add(found);
          }
          return found;
        }
        await new Promise<void>((resolve) => wakers.push(resolve));
      }
    },
    hasMore: (fixture) => !stopped && [...pending].some(({ assertion }) => assertion.fixture === fixture),
    settle({ assertion, version }, verdict) {
      for (const entry of running) if (entry.assertion === assertion && entry.version === version) running.delete(entry);
      gates[assertion.id]?.push({ version, verdict });
      wake();
    },
    gate,
    gates,
    stop() {
      stopped = true;
      wake();
    },
  };
}

/** Undecided as long as a gate of the plan is: then `pending`. Judging the decided ones is the judge's. */
function gateOf({ assertion, version, gate }: Planned, gates: GateState, undecided: ReadonlySet<string>): Gate {
  if (gate) return { state: 'open' };
  const closed = closedGate(assertion, version, Object.fromEntries(assertion.gates.filter((id) => !undecided.has(id)).map((id) => [id, gates[id] ?? []])));
  const decided = assertion.gates.filter((id) => !undecided.has(id));
  if (closed !== undefined && decided.includes(closed.gate)) return { state: 'closed', reason: closed.reason };
  return { state: decided.length < assertion.gates.length ? 'pending' : 'open' };
}
