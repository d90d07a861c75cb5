import { identityOf } from '../judge/index.ts';
import { gatesBehind, type Planned } from './plan.ts';
import { workOf } from './work.ts';

/** One of the parts that a plan is split into, from 1 on. */
export interface Shard {
  index: number;
  of: number;
}

/** Milliseconds that results took in an earlier run, by their identity. */
export type Durations = ReadonlyMap<string, number>;

/** What it costs to set up a test bed, in changes that are waited for: so assertions of one fixture tend to stay together. */
const bedWeight = 6;

/**
 * Splits a plan into parts that take about as long as each other, and that each stand by themselves: the gates of what is in a part are in it too, so
 * a gate may be in several. All else is in exactly one. The same plan and durations give the same parts, on every machine. Pure.
 */
export function shardsOf(plan: readonly Planned[], of: number, durations: Durations = new Map()): Planned[][] {
  const { weightOf, bed } = weights(plan, durations);
  const byId = new Map(plan.map(({ assertion }) => [assertion.id, assertion]));
  const entriesOfGate = Map.groupBy(plan.filter(({ gate }) => gate), ({ assertion }) => assertion.id);
  const behind = new Map(plan.map((entry) => [entry, needsGates(entry) ? gatesBehind(entry.assertion.id, byId).flatMap((id) => entriesOfGate.get(id) ?? []) : []]));
  const parts = Array.from({ length: of }, () => ({ entries: new Set<Planned>(), beds: new Set<string>(), load: 0 }));
  const more = (part: (typeof parts)[number], entry: Planned): { entries: Planned[]; beds: string[]; load: number } => {
    const entries = [entry, ...(behind.get(entry) ?? [])].filter((one) => !part.entries.has(one));
    const beds = [...new Set(entries.filter(needsGates).map(({ assertion }) => assertion.fixture))].filter((fixture) => fixture !== 'none' && !part.beds.has(fixture));
    return { entries, beds, load: sum(entries.map(weightOf)) + beds.length * bed };
  };
  const place = (entry: Planned): void => {
    const choices = parts.map((part) => ({ part, added: more(part, entry) }));
    const [least] = choices.toSorted((one, other) => one.part.load + one.added.load - (other.part.load + other.added.load));
    if (least === undefined) return;
    for (const one of least.added.entries) least.part.entries.add(one);
    for (const one of least.added.beds) least.part.beds.add(one);
    least.part.load += least.added.load;
  };
  // The heaviest first: what comes last then fills the gaps. Ties go by the order of the plan, which is the same everywhere.
  for (const entry of plan.filter(({ gate }) => !gate).toSorted((one, other) => weightOf(other) - weightOf(one))) place(entry);
  // Gates that nothing stands behind here are results like others.
  for (const entry of plan) if (!parts.some(({ entries }) => entries.has(entry))) place(entry);
  return parts.map(({ entries }) => plan.filter((entry) => entries.has(entry)));
}

/** What is skipped needs neither gates nor a test bed. */
function needsGates({ skipReason }: Planned): boolean {
  return skipReason === undefined;
}

/** By the durations where they are known, else by what is waited for, at the pace of those that are. */
function weights(plan: readonly Planned[], durations: Durations): { weightOf: (entry: Planned) => number; bed: number } {
  const durationOf = ({ assertion: { id }, version }: Planned): number | undefined => durations.get(identityOf({ id, version }));
  const known = plan.filter((entry) => entry.skipReason === undefined && durationOf(entry) !== undefined);
  const pace = known.length === 0 ? 1 : Math.max(sum(known.map((entry) => durationOf(entry) ?? 0)) / sum(known.map(waitsOf)), 1);
  return { weightOf: (entry) => (entry.skipReason === undefined ? (durationOf(entry) ?? waitsOf(entry) * pace) : 0), bed: bedWeight * pace };
}

/** What an assertion waits for, and that it is asked at all. */
function waitsOf(entry: Planned): number {
  return 1 + workOf(entry);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
