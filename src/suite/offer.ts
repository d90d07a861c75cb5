import type { ServedApi } from '../cluster/port.ts';
import type { Assertion } from '../model/assertion.ts';
import type { MeshDefinition } from '../model/mesh.ts';
import type { Offer } from '../model/report.ts';
import { apiGroups, isSmiKind, type SmiKind, type Specification, specificationOf, type Version } from '../model/specification.ts';
import { choosePartners, kindVersions } from '../smi/index.ts';
import { isMetricResource } from '../model/metrics.ts';
import { features, metricsFeatures } from './features.ts';

/** What a plan depends on, beside the suite. */
export interface Surroundings {
  definition: MeshDefinition;
  /** Claimed ∩ served, by specification. */
  offered: Partial<Record<Specification, Offer>>;
  served: readonly ServedApi[];
}

/** The versions of a specification that the mesh claims, oldest first; where it claims what is served, those that are. */
export function claimedVersions(specification: Specification, { definition, served }: Surroundings): Version[] {
  const { claims } = definition;
  const versions = claims === 'served' ? served.filter(({ group }) => group === apiGroups[specification]).map(({ version }) => version as Version) : (claims[specification]?.versions ?? []);
  return [...new Set(versions)].toSorted();
}

/** Whether the mesh claims a kind at a version of its specification. */
export function isClaimed(kind: SmiKind, version: Version, surroundings: Surroundings): boolean {
  const { claims } = surroundings.definition;
  if (claims === 'served') return isServed(kind, version, surroundings);
  const claim = claims[specificationOf[kind]];
  return claim !== undefined && claim.kinds.includes(kind) && claim.versions.includes(version) && kindVersions[kind].includes(version);
}

/** Why a kind cannot be written while an assertion runs at a version; undefined where it can. */
export function kindMissing(kind: SmiKind, chosen: Chosen, surroundings: Surroundings): string | undefined {
  const specification = specificationOf[kind];
  const { name } = surroundings.definition;
  const version = chosen[specification];
  if (version === undefined) return `${kind} is needed, and nothing of ${specification} is offered`;
  if (surroundings.offered[specification]?.kinds.includes(kind) !== true) {
    const isPromised = claimedVersions(specification, surroundings).some((candidate) => isClaimed(kind, candidate, surroundings));
    return isPromised ? `${kind} is claimed by ${name}, but the cluster does not serve it` : `${kind} is not offered by ${name}`;
  }
  return isServed(kind, version, surroundings) ? undefined : `the cluster serves no ${kind} in ${apiGroups[specification]}/${version}`;
}

/** Why a kind, or a part of one, cannot be used while an assertion runs at a version; undefined where it can. */
export function featureMissing(feature: string, chosen: Chosen, surroundings: Surroundings): string | undefined {
  if (isSmiKind(feature)) return kindMissing(feature, chosen, surroundings);
  if (metricsFeatures.includes(feature)) return metricsMissing(feature, surroundings);
  const known = features[feature];
  if (known === undefined) return `nothing is known of ${feature}`;
  const { kind, since } = known;
  const specification = specificationOf[kind];
  const missing = kindMissing(kind, chosen, surroundings);
  if (missing !== undefined) return missing;
  if (surroundings.offered[specification]?.without.includes(feature) === true) return `${feature} is not offered by ${surroundings.definition.name}`;
  const version = chosen[specification] ?? since;
  return version < since ? `${specification} ${version} has no ${feature}: it came with ${since}` : undefined;
}

/** Metrics are offered by resource; what else there is to them, unless it is said to be missing. */
function metricsMissing(feature: string, { definition, offered }: Surroundings): string | undefined {
  const part = feature.slice(feature.indexOf('.') + 1);
  const offer = offered['traffic-metrics'];
  if (offer?.without.includes(feature) === true) return `${feature} is not offered by ${definition.name}`;
  return !isMetricResource(part) || offer === undefined || offer.kinds.includes(part) ? undefined : `${definition.name} offers no metrics of ${part}`;
}

/** The versions in which resources are written, by specification. */
export type Chosen = Partial<Record<Specification, Version>>;

/** As the engine chooses them: the version under test, and of the others those that go with it. */
export function chosenAt({ requirement: { specification } }: Assertion, version: Version, { offered }: Surroundings): Chosen {
  return { ...choosePartners(specification, version, offered), [specification]: version };
}

function isServed(kind: SmiKind, version: Version, { served }: Surroundings): boolean {
  return served.some((api) => api.kind === kind && api.group === apiGroups[specificationOf[kind]] && api.version === version);
}
