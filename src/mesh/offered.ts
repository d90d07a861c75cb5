import type { ServedApi } from '../cluster/port.ts';
import type { Claim, MeshDefinition } from '../model/mesh.ts';
import type { Offer } from '../model/report.ts';
import { apiGroups, smiKinds, specifications, versions, type SmiKind, type Specification, type Version } from '../model/specification.ts';
import { kindVersions, specificationVersions } from '../smi/index.ts';

/** What of its claims the cluster serves, by specification; a specification of which nothing is served is not offered. Pure. */
export function offeredBy({ claims }: Pick<MeshDefinition, 'claims'>, served: readonly ServedApi[]): Partial<Record<Specification, Offer>> {
  const offered: Partial<Record<Specification, Offer>> = {};
  for (const specification of specifications) {
    const claim = claims === 'served' ? everything(specification) : claims[specification];
    const offer = claim && offerOf(specification, claim, served);
    if (offer !== undefined) offered[specification] = offer;
  }
  return offered;
}

function offerOf(specification: Specification, claim: Claim, served: readonly ServedApi[]): Offer | undefined {
  const apis = served.filter(({ group, version, kind }) => group === apiGroups[specification] && isClaimed(specification, claim, version, kind));
  if (apis.length === 0) return undefined;
  return {
    versions: versions.filter((version) => apis.some((api) => api.version === version)),
    // Metrics are all of one kind: what tells them apart is the resources that they are of.
    kinds: inOrder(new Set(apis.map(({ kind, plural }) => (specification === 'traffic-metrics' ? plural : kind)))),
    without: [...(claim.without ?? [])],
  };
}

/** A kind counts in the versions that have it. Metrics have no kinds to write, so that whatever the API lists is theirs. */
function isClaimed(specification: Specification, claim: Claim, version: string, kind: string): boolean {
  if (!claim.versions.some((claimed) => claimed === version)) return false;
  if (specification === 'traffic-metrics') return true;
  return claim.kinds.some((claimed) => claimed === kind && kindVersions[claimed].includes(version as Version));
}

function everything(specification: Specification): Claim {
  return { versions: [...specificationVersions[specification]], kinds: [...smiKinds] };
}

function inOrder(kinds: Set<string>): string[] {
  const place = (kind: string): number => smiKinds.indexOf(kind as SmiKind);
  return [...kinds].toSorted((one, other) => place(one) - place(other) || one.localeCompare(other));
}
