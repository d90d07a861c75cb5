import { closedGate, gatesOf, type GateState } from '../judge/index.ts';
import type { Verdict } from '../model/specification.ts';
import { isWrite, type Planned, sendsTraffic, workOf } from '../suite/index.ts';
import { createBell } from './bell.ts';

/** Where an assertion stands with its gates: they held, one did not, or one is still undecided. */
export type Gate = { state: 'open' } | { state: 'pending' } | { state: 'closed'; reason: string };

/** Where assertions run: a lane of a fixture, or none. */
export interface Seat {
  fixture: string;
  /** Whether it has the pods that an assertion needs. */
  takes(entry: Planned): boolean;
  /** What it should run before all else, since not every lane of the fixture can. */
  prefers(entry: Planned): boolean;
}

/** Hands out planned assertions: gates first, the others when their gates have passed, exclusive ones alone and last, those last of all that may stall the mesh. */
export interface Schedule {
  /** The next assertion for a seat; waits while gates are undecided; undefined when there is none left. */
  next(seat: Seat): Promise<Planned | undefined>;
  /** Whether an assertion for that seat is still to come. */
  hasMore(seat: Seat): boolean;
  /** Whether an exclusive assertion is still to come for that seat, however much else is. */
  hasExclusive(seat: Seat): boolean;
  /** The fixtures of the exclusive assertions that are still to come, in their order. */
  exclusiveFixtures(): string[];
  /** Waits until something was decided, is over, or has been stopped. */
  changed(): Promise<void>;
  /** Whether all others have begun, with all gates decided, and no exclusive assertion runs: their lanes may be built. */
  isExclusiveDue(): boolean;
  /** Whether all others are over as well: an exclusive assertion is the next to begin. */
  isExclusiveNext(): boolean;
  /** Nothing exclusive begins until the answer is called: a mesh that it stalls would leave pods waiting that are coming. */
  holdExclusive(): () => void;
  /** Whether anything still to come is about traffic. */
  isTrafficAwaited(): boolean;
  /** The assertions of a fixture that have not begun. Of the exclusive ones it is the one that is next, when nothing else is left. */
  waiting(fixture: string): readonly Planned[];
  /** Takes back what a fixture cannot run, since no lane of it can be had. */
  withdraw(fixture: string): Planned[];
  /** Tells the verdict, as soon as it is known: what is behind a gate need not wait for its lane. */
  decide(planned: Planned, verdict: Verdict): void;
  /** Tells that an assertion is over and its lane free. */
  settle(planned: Planned): void;
  gate(planned: Planned): Gate;
  /** The gates' verdicts so far, as the judge reads them. */
  readonly gates: GateState;
  /** Wakes everyone up with nothing left to do. */
  stop(): void;
}

export function createSchedule(plan: readonly Planned[]): Schedule {
  const pending = new Set(plan);
  const running = new Set<Planned>();
  const undecided = new Set(plan.filter((entry) => entry.gate));
  const gates = gatesOf(plan.map(({ assertion }) => assertion));
  const bell = createBell();
  let holds = 0;
  let stopped = false;

  const gate = (entry: Planned): Gate => gateOf(entry, gates, new Set([...undecided].map(({ assertion }) => assertion.id)));
  // What has no lane only asks the API server, which nobody feels.
  const isAlone = ({ assertion }: Planned): boolean => assertion.exclusive === true && assertion.fixture !== 'none';
  const onlyAloneToCome = (): boolean => [...pending].every(isAlone);
  const onlyAloneLeft = (): boolean => running.size === 0 && holds === 0 && onlyAloneToCome();
  const alone = (): Planned[] => [...pending].filter(isAlone).toSorted((a, b) => stallOf(a) - stallOf(b));
  const waiting = (fixture: string): Planned[] => {
    const left = onlyAloneLeft() ? alone().slice(0, 1) : [...pending].filter((entry) => !isAlone(entry));
    return left.filter(({ assertion }) => assertion.fixture === fixture);
  };
  const isExclusiveRunning = (): boolean => [...running].some(isAlone);
  const waitingFor = (seat: Seat): Planned[] => waiting(seat.fixture).filter((entry) => seat.takes(entry));
  const eligible = (seat: Seat): Planned | 'wait' | undefined => {
    const mine = waitingFor(seat);
    if (mine.length === 0) return undefined;
    if (isExclusiveRunning()) return 'wait';
    const open = mine.filter((entry) => gate(entry).state !== 'pending' && !disturbs(entry));
    const asked = open.filter((entry) => entry.gate);
    return asked.find(writesNothing) ?? asked[0] ?? open.find(isQuick) ?? longest(open.filter((entry) => seat.prefers(entry))) ?? longest(open) ?? 'wait';
  };
  // A mesh that gathers changes answers the later the more of them come, and what is behind the gates waits for that: what is not comes after it.
  const disturbs = (entry: Planned): boolean => isQuick(entry) && !entry.gate && !writesNothing(entry) && [...running].some((other) => undecided.has(other));

  return {
    async next(seat) {
      for (;;) {
        if (stopped) return undefined;
        const found = eligible(seat);
        if (found !== 'wait') {
          if (found !== undefined) {
            pending.delete(found);
            running.add(found);
            // Was it the last of the others, lanes of exclusive ones are due.
            if (onlyAloneToCome()) bell.ring();
          }
          return found;
        }
        await bell.rung();
      }
    },
    hasMore: (seat) => !stopped && waitingFor(seat).length > 0,
    hasExclusive: (seat) => !stopped && alone().some((entry) => entry.assertion.fixture === seat.fixture && seat.takes(entry)),
    exclusiveFixtures: () => (stopped ? [] : [...new Set(alone().map(({ assertion }) => assertion.fixture))]),
    isExclusiveNext: () => !stopped && pending.size > 0 && onlyAloneLeft(),
    isExclusiveDue: () => !stopped && onlyAloneToCome() && undecided.size === 0 && !isExclusiveRunning(),
    holdExclusive() {
      holds += 1;
      return () => {
        holds -= 1;
        bell.ring();
      };
    },
    isTrafficAwaited: () => !stopped && [...pending].some(({ assertion }) => sendsTraffic(assertion)),
    changed: bell.rung,
    waiting: (fixture) => (stopped ? [] : waiting(fixture)),
    withdraw(fixture) {
      const mine = [...pending].filter(({ assertion }) => assertion.fixture === fixture);
      for (const entry of mine) pending.delete(entry);
      return mine;
    },
    decide(entry, verdict) {
      undecided.delete(entry);
      gates[entry.assertion.id]?.push({ version: entry.version, verdict });
      bell.ring();
    },
    settle(entry) {
      running.delete(entry);
      bell.ring();
    },
    gate,
    gates,
    stop() {
      stopped = true;
      bell.ring();
    },
  };
}

/** What takes long begins early, so that no lane is at work when all others are done. */
function longest(entries: readonly Planned[]): Planned | undefined {
  return entries.toSorted((a, b) => workOf(b) - workOf(a))[0];
}

/** How likely it is that a mesh takes in nothing for a while behind it: what it writes may be refused. Last is what needs no mesh that answers. */
function stallOf({ assertion }: Planned): number {
  if (!sendsTraffic(assertion)) return 2;
  return assertion.steps.some((step) => 'try' in step || 'rejected' in step) ? 1 : 0;
}

/** It waits for nothing, so it delays nobody. */
function isQuick(entry: Planned): boolean {
  return workOf(entry) === 0;
}

/** Gates that write nothing come before those that do: what a mesh makes of a deletion is no matter of theirs. */
function writesNothing({ assertion: { steps } }: Planned): boolean {
  return !steps.some((step) => isWrite(step) || 'rejected' in step);
}

/** Undecided as long as a gate of the plan is: then `pending`. Judging the decided ones is the judge's. */
function gateOf({ assertion, version, gate }: Planned, gates: GateState, undecided: ReadonlySet<string>): Gate {
  if (gate) return { state: 'open' };
  const closed = closedGate(assertion, version, Object.fromEntries(assertion.gates.filter((id) => !undecided.has(id)).map((id) => [id, gates[id] ?? []])));
  const decided = assertion.gates.filter((id) => !undecided.has(id));
  if (closed !== undefined && decided.includes(closed.gate)) return { state: 'closed', reason: closed.reason };
  return { state: decided.length < assertion.gates.length ? 'pending' : 'open' };
}
