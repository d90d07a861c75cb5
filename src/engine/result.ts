import type { Judgement } from '../judge/index.ts';
import type { RawObservation, StepObservation } from '../model/observation.ts';
import type { AssertionResult } from '../model/report.ts';
import type { Planned } from '../suite/index.ts';

export interface ResultFacts {
  startedMs: number;
  durationMs: number;
  raw: RawObservation;
  lane?: string;
  afterwards?: string;
}

/** One line of the report: what was asked, what was judged, and the numbers behind it. Pure. */
export function resultOf({ assertion, version, gate }: Planned, judgement: Judgement, facts: ResultFacts): AssertionResult {
  const { requirement } = assertion;
  const steps = 'steps' in facts.raw ? facts.raw.steps : [];
  const convergenceMs = slowest(steps);
  return {
    id: assertion.id,
    version,
    title: assertion.title,
    specification: requirement.specification,
    kind: assertion.kind,
    level: requirement.levels?.[version] ?? requirement.level,
    gate,
    requirement: { text: requirement.text, source: requirement.source },
    ...judgement,
    ...(facts.lane === undefined || facts.lane === 'none' ? {} : { lane: facts.lane }),
    startedMs: Math.round(facts.startedMs),
    durationMs: Math.round(facts.durationMs),
    ...(convergenceMs === undefined ? {} : { convergenceMs: Math.round(convergenceMs) }),
    steps,
    ...(facts.afterwards === undefined ? {} : { afterwards: facts.afterwards }),
  };
}

function slowest(steps: readonly StepObservation[]): number | undefined {
  const waits = steps.flatMap((step) => ('convergenceMs' in step && step.convergenceMs !== undefined ? [step.convergenceMs] : []));
  return waits.length === 0 ? undefined : Math.max(...waits);
}
