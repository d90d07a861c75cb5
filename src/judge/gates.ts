import type { Assertion } from '../model/assertion.ts';
import type { Verdict, Version } from '../model/specification.ts';
import { specificationOfId } from './identity.ts';

/**
 * The raw judgements of every gate of the run, by id; a gate that is not judged yet, or never will be, has an empty list.
 * An id that is a key here is a gate.
 */
export type GateState = Record<string, { version: Version; verdict: Verdict }[]>;

/** The gates of a selection, none of them judged: where a run begins. */
export function gatesOf(assertions: readonly Pick<Assertion, 'gates'>[]): GateState {
  return Object.fromEntries(assertions.flatMap(({ gates }) => gates).map((gate) => [gate, []]));
}

/** The first gate of the assertion that did not hold, and why; undefined when all are open. */
export function closedGate(assertion: Assertion, version: Version, gates: GateState): { gate: string; reason: string } | undefined {
  for (const gate of assertion.gates) {
    const results = relevant(gate, assertion, version, gates[gate] ?? []);
    const closed = results.find(({ verdict }) => verdict !== 'pass' && verdict !== 'partial');
    if (results.length === 0) return { gate, reason: `The gate ${gate} was not judged` };
    if (closed) return { gate, reason: `The gate ${gate} ${words[closed.verdict]}` };
  }
  return undefined;
}

/** The gate that a reason made from `closedGate` names; undefined for other reasons. */
export function gateOfReason(reason: string | undefined): string | undefined {
  return reason === undefined ? undefined : /^The gate (\S+) /.exec(reason)?.[1];
}

/** A gate of the same specification speaks for its own version. One of another specification has other version numbers: all of them count. */
function relevant(gate: string, assertion: Assertion, version: Version, results: GateState[string]): GateState[string] {
  if (specificationOfId(gate) !== assertion.requirement.specification) return results;
  const same = results.filter((result) => result.version === version);
  return same.length > 0 ? same : results;
}

const words: Record<Verdict, string> = {
  pass: 'held',
  partial: 'held',
  fail: 'failed',
  skip: 'was skipped',
  inconclusive: 'was inconclusive',
  error: 'could not be judged',
  info: 'was only observed',
};
