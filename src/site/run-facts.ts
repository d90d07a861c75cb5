import { identityOf } from '../judge/index.ts';
import type { AssertionResult, LevelFigure, Report } from '../model/report.ts';
import { verdicts } from '../model/specification.ts';
import type { Level, Specification, Verdict, Version } from '../model/specification.ts';
import { runPathOf } from '../publish/index.ts';
import type { Provenance } from './provenance.ts';

/** What the pages about many runs need of one: so little that ten thousand of them fit into memory, and need not be read again for the next build. */
export interface RunFacts {
  /** Where it lies among the pages, and in the results branch: `runs/<mesh>/…/<date>-<id>.json`. */
  path: string;
  /** SHA-256 of the report. */
  digest: string;
  id: string;
  startedAt: string;
  durationMs: number;
  mesh: { id: string; name: string; version: string };
  kubernetes: string;
  suite: { version: string; digest: string };
  smiRelease?: string;
  result: 'passed' | 'failed';
  must: Figure;
  should: Figure;
  specifications: SpecificationFacts[];
  /** Which results it has. Runs of one suite on one mesh share the list. */
  plan: Plan;
  /** One letter for each entry of the plan. */
  verdicts: string;
  provenance: Provenance;
}

export type Figure = Pick<LevelFigure, 'passed' | 'partial' | 'failed' | 'inconclusive' | 'applicable'>;

export interface SpecificationFacts {
  specification: Specification;
  capability: Report['specifications'][number]['capability'];
  compliance: Report['specifications'][number]['compliance'];
  must: Figure;
}

export interface PlannedResult {
  id: string;
  version: Version;
  level: Level;
}
export type Plan = readonly PlannedResult[];

const letters: Record<Verdict, string> = { pass: 'p', partial: 'h', fail: 'f', skip: 's', inconclusive: 'q', error: 'e', info: 'i' };
const verdictOf = new Map(verdicts.map((verdict) => [letters[verdict], verdict]));

/** `plans` holds each list of results that was met before, by its text. */
export function factsOf(report: Report, more: { digest: string; provenance: Provenance; plans: Plans }): RunFacts {
  const { run, mesh, suite, kubernetes, summary, assertions } = report;
  return {
    path: runPathOf(report),
    digest: more.digest,
    id: run.id,
    startedAt: run.startedAt,
    durationMs: run.durationMs,
    mesh: { id: mesh.id, name: mesh.name, version: mesh.version },
    kubernetes: kubernetes.version,
    suite: { version: suite.version, digest: suite.digest },
    ...(suite.smiRelease !== undefined && { smiRelease: suite.smiRelease }),
    result: report.result === 'passed' ? 'passed' : 'failed',
    must: figureOf(summary.must),
    should: figureOf(summary.should),
    specifications: report.specifications.map(({ specification, capability, compliance, summary: { must } }) => ({ specification, capability, compliance, must: figureOf(must) })),
    plan: more.plans.intern(assertions.map(({ id, version, level }) => ({ id, version, level }))),
    verdicts: assertions.map(({ verdict }) => letters[verdict]).join(''),
    provenance: more.provenance,
  };
}

/** Lists that are equal become one. */
export interface Plans {
  intern(plan: Plan): Plan;
}

export function createPlans(): Plans {
  const known = new Map<string, Plan>();
  return {
    intern(plan) {
      const key = plan.map((one) => `${identityOf(one)} ${one.level}`).join();
      const same = known.get(key) ?? plan;
      known.set(key, same);
      return same;
    },
  };
}

/** The results of a run, as far as the facts have them. */
export function resultsOf({ plan, verdicts: text }: Pick<RunFacts, 'plan' | 'verdicts'>): (PlannedResult & Pick<AssertionResult, 'verdict'>)[] {
  return plan.map((one, index) => ({ ...one, verdict: verdictOf.get(text[index] ?? '') ?? 'error' }));
}

function figureOf({ passed, partial, failed, inconclusive, applicable }: LevelFigure): Figure {
  return { passed, partial, failed, inconclusive, applicable };
}
