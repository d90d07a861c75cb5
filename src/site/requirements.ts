import { nameOfId } from '../judge/index.ts';
import type { Assertion } from '../model/assertion.ts';
import type { Report } from '../model/report.ts';
import type { Kind, Level, Specification, Version } from '../model/specification.ts';
import { specifications } from '../model/specification.ts';

/** What an assertion requires, as the suite says it, or the newest run that knew it. */
export interface RequirementFacts {
  id: string;
  title: string;
  specification: Specification;
  kind: Kind;
  level: Level;
  source: string;
  text: string;
  /** API versions in which it holds; not known of assertions that only runs know. */
  versions?: Version[];
  /** What a mesh that ignores the resource would show. */
  ignoring?: string;
  gates?: string[];
  /** When the run began that said so; absent where the suite says it. */
  at?: string;
}

/** By id: the specifications in their order, within each the names in theirs. */
export type Requirements = ReadonlyMap<string, RequirementFacts>;

/** More than the suite will ever have: a report of a stranger must not fill a disk with pages. */
const most = 2_000;

/** Collects what runs say of assertions; what the suite says goes before it. */
export function createRequirements(catalogue: readonly Assertion[], earlier: readonly RequirementFacts[] = []): { take(report: Report): void; merge(facts: readonly RequirementFacts[]): void; all(): Requirements } {
  const found = new Map<string, RequirementFacts>(earlier.filter(({ at }) => at !== undefined).map((one) => [one.id, one]));
  for (const { id, title, kind, requirement, ignoring, gates } of catalogue) {
    const { specification, level, source, text, versions } = requirement;
    found.set(id, { id, title, specification, kind, level, source, text, versions, ignoring, gates });
  }

  function isWanted(id: string, at: string): boolean {
    const known = found.get(id);
    return known === undefined ? found.size < most : known.at !== undefined && known.at <= at;
  }

  return {
    take({ run, assertions }) {
      for (const { id, title, specification, kind, level, requirement } of assertions) {
        if (isWanted(id, run.startedAt)) found.set(id, { id, title, specification, kind, level, ...requirement, at: run.startedAt });
      }
    },
    merge(facts) {
      for (const one of facts) if (one.at !== undefined && isWanted(one.id, one.at)) found.set(one.id, one);
    },
    all: () => new Map([...found.values()].toSorted(inOrder).map((one) => [one.id, one])),
  };
}

function inOrder(a: RequirementFacts, b: RequirementFacts): number {
  return specifications.indexOf(a.specification) - specifications.indexOf(b.specification) || (nameOfId(a.id) < nameOfId(b.id) ? -1 : 1);
}
