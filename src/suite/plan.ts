import type { Assertion } from '../model/assertion.ts';
import { ConformanceError } from '../model/errors.ts';
import { specifications } from '../model/specification.ts';
import { entriesOf, type Entry } from './entries.ts';
import type { Suite } from './load.ts';
import type { Surroundings } from './offer.ts';
import { listed } from './rules/rule.ts';
import { isSkipped, select } from './select.ts';

/** One assertion at one version, as it is handed to the engine. */
export interface Planned extends Entry {
  /** Other assertions of the plan stand behind it. */
  gate: boolean;
}

export interface PlanInput extends Surroundings {
  suite: Suite;
  /** Patterns of ids; everything where empty. */
  only: readonly string[];
  skip: readonly string[];
}

export interface Plan {
  /** Gates first, then by specification, id and version. */
  plan: Planned[];
  warnings: string[];
}

/**
 * Which assertions run, at which versions, and why others do not. The gates of what runs are added by themselves. A gate that is needed and that
 * `skip` names is refused (BAD_INPUT): without it the rest would prove nothing, and with it `skip` would not mean what it says. Pure.
 */
export function planSuite({ suite, only, skip, ...surroundings }: PlanInput): Plan {
  const byId = new Map(suite.assertions.map((assertion) => [assertion.id, assertion]));
  const entries = new Map(suite.assertions.map((assertion) => [assertion.id, entriesOf(assertion, suite.fixtures.get(assertion.fixture)?.namespaces[0]?.name ?? '', surroundings)]));
  const { ids, warnings } = select([...byId.keys()], only, skip);
  const runs = (id: string): boolean => entries.get(id)?.some(({ skipReason }) => skipReason === undefined) ?? false;
  const needed = new Map([...ids].filter(runs).flatMap((id) => gatesBehind(id, byId).map((gate): [string, string] => [gate, id])));
  const refused = [...needed].filter(([gate]) => isSkipped(gate, skip));
  if (refused.length > 0) throw gateSkipped(refused, [...ids].filter(runs), byId);
  const chosen = [...new Set([...ids, ...needed.keys()])];
  const gates = new Set(chosen.flatMap((id) => byId.get(id)?.gates ?? []));
  const plan = chosen.flatMap((id) => (entries.get(id) ?? []).map((entry): Planned => ({ ...entry, gate: gates.has(id) })));
  return { plan: plan.toSorted(order), warnings };
}

/** The gates of an assertion, and theirs. A suite that was loaded has no cycles. */
export function gatesBehind(id: string, byId: ReadonlyMap<string, Assertion>): string[] {
  const own = byId.get(id)?.gates ?? [];
  return [...new Set([...own, ...own.flatMap((gate) => gatesBehind(gate, byId))])];
}

function gateSkipped(refused: readonly [string, string][], running: readonly string[], byId: ReadonlyMap<string, Assertion>): ConformanceError {
  const gates = refused.map(([gate]) => gate);
  const behind = running.filter((id) => gatesBehind(id, byId).some((gate) => gates.includes(gate)));
  const [one = ''] = behind;
  const who = behind.length === 1 ? `${one} stands` : `${one} and ${behind.length - 1} more stand`;
  return new ConformanceError('BAD_INPUT', `skip leaves out ${listed(gates)}, and ${who} behind ${gates.length === 1 ? 'it' : 'them'}: without ${gates.length === 1 ? 'that gate' : 'those gates'} they prove nothing. Skip them as well, or take the gate${gates.length === 1 ? '' : 's'} out of skip.`);
}

function order(one: Planned, other: Planned): number {
  const rank = ({ assertion }: Planned): number => specifications.indexOf(assertion.requirement.specification);
  return Number(other.gate) - Number(one.gate) || rank(one) - rank(other) || compare(one.assertion.id, other.assertion.id) || compare(one.version, other.version);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
