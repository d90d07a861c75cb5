import type { Assertion } from '../model/assertion.ts';
import type { SmiKind, Version } from '../model/specification.ts';
import { specificationOf } from '../model/specification.ts';
import { render, textDialect } from '../smi/index.ts';
import { follow, stepsWhere } from './follow.ts';
import { chosenAt, claimedVersions, featureMissing, isClaimed, kindMissing, type Surroundings } from './offer.ts';
import { listed } from './rules/rule.ts';

/** One assertion at one version, to be run, or to be reported as skipped. */
export interface Entry {
  /** As it runs: without the steps that do not apply here. */
  assertion: Assertion;
  version: Version;
  /** Why it is not run. */
  skipReason?: string;
}

/**
 * What becomes of an assertion: an entry for each version in which its requirement holds and the mesh offers it, or one that says why there is none.
 * `home` is the namespace of objects that name none. One about a definition goes by what is claimed, since a claimed kind that the cluster does not serve is what it is there to find.
 */
export function entriesOf(assertion: Assertion, home: string, surroundings: Surroundings): Entry[] {
  const { specification, versions } = assertion.requirement;
  const { name, claims } = surroundings.definition;
  const held = versions.toSorted();
  const claimed = claimedVersions(specification, surroundings);
  const skipped = (skipReason: string): Entry[] => [{ assertion, version: held.findLast((version) => claimed.includes(version)) ?? held.at(-1) ?? 'v1alpha1', skipReason }];
  if (claimed.length === 0) return skipped(claims === 'served' ? `the cluster serves nothing of ${specification}` : `${specification} is not claimed by ${name}`);
  const kinds = definitionsIn(assertion);
  const isOfApi = kinds.length > 0 || asksOfApi(assertion);
  const available = isOfApi ? claimed : (surroundings.offered[specification]?.versions ?? []);
  if (available.length === 0) return skipped(`${specification} ${listed(claimed)} is claimed by ${name}, but the cluster serves none of it`);
  const applying = held.filter((version) => available.includes(version));
  if (applying.length === 0) return skipped(`the requirement is of ${specification} ${listed(held)}, and ${name} offers ${listed(available.toSorted())}`);
  return applying.map((version) => (kinds.length > 0 ? definitionEntry(assertion, version, kinds, surroundings) : entryAt(assertion, version, home, surroundings)));
}

/** Whether an assertion looks at what the API server says of the metrics API, which is to be found missing where it is claimed. */
function asksOfApi({ steps }: Assertion): boolean {
  return steps.some((step) => 'measure' in step && step.measure.read?.api !== undefined);
}

/** The kinds whose definitions an assertion looks at; none for all other assertions, since such steps stand alone. */
function definitionsIn({ steps }: Assertion): SmiKind[] {
  return steps.flatMap((step) => ('observe' in step && 'definition' in step.observe ? [step.observe.definition] : []));
}

function definitionEntry(assertion: Assertion, version: Version, kinds: readonly SmiKind[], surroundings: Surroundings): Entry {
  const missing = kinds.find((kind) => !isClaimed(kind, version, surroundings));
  if (missing === undefined) return { assertion, version };
  return { assertion, version, skipReason: `${missing} is not claimed by ${surroundings.definition.name} in ${specificationOf[missing]} ${version}` };
}

function entryAt(assertion: Assertion, version: Version, home: string, surroundings: Surroundings): Entry {
  const chosen = chosenAt(assertion, version, surroundings);
  const lacking = (feature: string): string | undefined => featureMissing(feature, chosen, surroundings);
  const placed = stepsWhere(assertion.steps, (feature) => lacking(feature) === undefined);
  const steps = placed.map(({ step }) => step);
  const applying = steps.length === assertion.steps.length ? assertion : { ...assertion, steps };
  const writes = follow(placed, home).flatMap((followed) => followed.writes.map(({ resource }) => resource));
  const skipReason =
    first(assertion.needs ?? [], lacking) ??
    (steps.length === 0 ? first(assertion.steps.flatMap(({ whereOffered = [] }) => whereOffered), lacking) : undefined) ??
    first(writes, ({ kind }) => kindMissing(kind, chosen, surroundings)) ??
    first(writes, (resource) => {
      const rendering = render({ ...resource, namespace: 'any' }, chosen[specificationOf[resource.kind]] ?? version, textDialect);
      return 'cannot' in rendering ? rendering.cannot : undefined;
    });
  return skipReason === undefined ? { assertion: applying, version } : { assertion, version, skipReason };
}

function first<T>(items: readonly T[], reason: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = reason(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
