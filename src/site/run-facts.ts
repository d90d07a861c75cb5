import { createHash } from 'node:crypto';
import type { AssertionResult, LevelFigure, Report } from '../model/report.ts';
import { verdicts } from '../model/specification.ts';
import type { Level, Specification, Verdict, Version } from '../model/specification.ts';
import { runPathOf } from '../publish/index.ts';
import type { Provenance } from './provenance.ts';

/** What the pages about many runs need of one: so little that ten thousand of them fit into memory, and need not be read again for the next build. */
export type RunFacts = OwnFacts & SharedFacts;

/** What no other run has. */
export interface OwnFacts {
  /** Where it lies among the pages, and in the results branch: `runs/<mesh>/…/<date>-<id>.json`. */
  path: string;
  /** SHA-256 of the report. */
  digest: string;
  id: string;
  startedAt: string;
  durationMs: number;
}

/** What most runs have in common with others: the same version of a mesh, judged by the same suite in the same way. */
export interface SharedFacts {
  mesh: { id: string; name: string; version: string };
  kubernetes: string;
  suite: { version: string; digest: string };
  smiRelease?: string;
  result: 'passed' | 'failed';
  must: Figure;
  should: Figure;
  specifications: SpecificationFacts[];
  plan: PlannedResult[];
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

const letters: Record<Verdict, string> = { pass: 'p', partial: 'h', fail: 'f', skip: 's', inconclusive: 'q', error: 'e', info: 'i' };
const verdictOf = new Map(verdicts.map((verdict) => [letters[verdict], verdict]));

export function factsOf(report: Report, digest: string, provenance: Provenance, sharing: Sharing): RunFacts {
  const { run, mesh, suite, kubernetes, summary, assertions } = report;
  return sharing.join({ path: runPathOf(report), digest, id: run.id, startedAt: run.startedAt, durationMs: run.durationMs }, {
    mesh: { id: mesh.id, name: mesh.name, version: mesh.version },
    kubernetes: kubernetes.version,
    suite: { version: suite.version, digest: suite.digest },
    ...(suite.smiRelease !== undefined && { smiRelease: suite.smiRelease }),
    result: report.result === 'passed' ? 'passed' : 'failed',
    must: figureOf(summary.must),
    should: figureOf(summary.should),
    specifications: report.specifications.map(({ specification, capability, compliance, summary: { must } }) => ({ specification, capability, compliance, must: figureOf(must) })),
    plan: assertions.map(({ id, version, level }) => ({ id, version, level })),
    verdicts: assertions.map(({ verdict }) => letters[verdict]).join(''),
    provenance,
  });
}

/** What of shared facts is no single value: most runs have each of them in common with others, though hardly two have all. */
export const partNames = ['mesh', 'suite', 'must', 'should', 'specifications', 'plan', 'provenance'] as const;
export type PartName = (typeof partNames)[number];

/** Facts that are equal are kept once, and so is each part of them. */
export interface Sharing {
  join(own: OwnFacts, shared: SharedFacts): RunFacts;
  /** What was joined to make these facts. */
  sharedOf(facts: RunFacts): SharedFacts;
}

export function createSharing(): Sharing {
  const known = new Map<string, SharedFacts>();
  const parts = new Map<string, SharedFacts[PartName]>();
  const joined = new WeakMap<RunFacts, SharedFacts>();
  // Facts from an earlier build come in again and again as the same objects, which need not be looked at each time.
  const met = new WeakMap<SharedFacts, SharedFacts>();
  const keys = new WeakMap<object, string>();

  function sameAs(shared: SharedFacts): SharedFacts {
    const same = { ...shared, ...Object.fromEntries(partNames.map((name) => [name, samePart(shared[name])])) };
    const key = keyOf([same.kubernetes, same.smiRelease, same.result, same.verdicts, ...partNames.map((name) => keys.get(same[name]))]);
    const first = known.get(key) ?? same;
    known.set(key, first);
    return first;
  }

  function samePart(part: SharedFacts[PartName]): SharedFacts[PartName] {
    const key = keys.get(part) ?? keyOf(part);
    keys.set(part, key);
    const first = parts.get(key) ?? part;
    parts.set(key, first);
    return first;
  }

  return {
    join(own, shared) {
      const same = met.get(shared) ?? sameAs(shared);
      met.set(shared, same);
      const facts = { ...own, ...same };
      joined.set(facts, same);
      return facts;
    },
    sharedOf(facts) {
      const shared = joined.get(facts);
      if (shared === undefined) throw new Error(`the facts of run ${facts.id} were not joined here`);
      return shared;
    },
  };
}

/** Whole: were two facts taken for the same, a run would be shown with the signer of another. */
function keyOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}

/** The results of a run, as far as the facts have them. */
export function resultsOf({ plan, verdicts: text }: Pick<RunFacts, 'plan' | 'verdicts'>): (PlannedResult & Pick<AssertionResult, 'verdict'>)[] {
  return plan.map((one, index) => ({ ...one, verdict: verdictOf.get(text[index] ?? '') ?? 'error' }));
}

function figureOf({ passed, partial, failed, inconclusive, applicable }: LevelFigure): Figure {
  return { passed, partial, failed, inconclusive, applicable };
}
