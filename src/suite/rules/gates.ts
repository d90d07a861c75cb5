import type { Assertion } from '../../model/assertion.ts';
import { specificationOfId } from '../../judge/index.ts';
import type { SuiteFile } from '../schemas.ts';
import { nearestIds } from '../select.ts';
import { type Flaw, listed } from './rule.ts';

/** What gates are judged by: all assertions of the suite. */
export interface Gates {
  assertions: readonly Assertion[];
  /** Ids of files that are there but could not be read: naming them is no mistake. */
  unread: ReadonlySet<string>;
  /** Absent where the suite's own file could not be read. */
  required: SuiteFile['gates'];
}

/** An assertion stands behind gates that are there, that can speak for it, and that its specification asks for. */
export function gateFlaws(assertion: Assertion, suite: Gates): Flaw[] {
  const { gates, kind, requirement, id } = assertion;
  const { specification, level } = requirement;
  const required = suite.required?.[specification] ?? [];
  // What an assertion that cannot be read stands behind is not known.
  const isGate = suite.unread.size > 0 || suite.assertions.some((other) => other.gates.includes(id)) || Object.values(suite.required ?? {}).flat().includes(id);
  const missing = kind === 'capability' && !isGate ? required.filter((gate) => !gates.includes(gate)) : [];
  const cycle = cycleFrom(id, suite.assertions);
  return [
    ...gates.flatMap((gate, at) => oneGate(gate, assertion, suite).map((message) => ({ pointer: `/gates/${at}`, message }))),
    ...(missing.length > 0 ? [{ pointer: '/gates', message: `every capability of ${specification} stands behind ${listed(missing)} as well (suite.yaml)` }] : []),
    ...(missing.length === 0 && kind === 'capability' && level === 'must' && gates.length === 0 && !isGate ? [{ pointer: '/gates', message: 'a must capability needs a gate: without one an open cluster, or one that blocks everything, could pass it' }] : []),
    ...(cycle === undefined ? [] : [{ pointer: '/gates', message: `these gates wait for each other: ${cycle.join(' → ')}` }]),
  ];
}

function oneGate(gate: string, { id, requirement: { specification } }: Assertion, { assertions, unread, required }: Gates): string[] {
  const found = assertions.find((other) => other.id === gate);
  if (gate === id) return ['an assertion cannot be its own gate'];
  if (found === undefined) {
    const [meant] = nearestIds(gate, assertions.map((other) => other.id));
    return unread.has(gate) ? [] : [`there is no assertion ${gate}${meant === undefined ? '' : `; did you mean ${meant}?`}`];
  }
  const allowed = [...new Set([specification, ...(required?.[specification] ?? []).map(specificationOfId)])];
  return [
    ...(required === undefined || allowed.includes(found.requirement.specification) ? [] : [`a gate of ${specification} belongs to ${listed(allowed)}, unless suite.yaml asks for others`]),
    ...(found.exclusive === true ? [`${gate} is exclusive, which runs last: what stands behind it would never run`] : []),
    ...(found.requirement.level === 'info' ? [`${gate} is only observed (level info), so it never opens`] : []),
  ];
}

/** The way from an assertion over gates back to itself. */
function cycleFrom(id: string, assertions: readonly Assertion[]): string[] | undefined {
  const seen = new Set<string>();
  const walk = (at: string, way: string[]): string[] | undefined => {
    for (const gate of assertions.find((other) => other.id === at)?.gates ?? []) {
      if (gate === id && at !== id) return [...way, gate];
      if (seen.has(gate)) continue;
      seen.add(gate);
      const found = walk(gate, [...way, gate]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return walk(id, [id]);
}
