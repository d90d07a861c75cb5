import { specifications, type Specification, type Version } from '../model/specification.ts';
import { specificationVersions } from './names.ts';

/** The versions of traffic-specs whose routes an object may name. A split of v1alpha1 or v1alpha2 names none, so that any goes with it. */
const routesOf: Partial<Record<Specification, Partial<Record<Version, readonly Version[]>>>> = {
  'traffic-access': {
    v1alpha1: ['v1alpha1', 'v1alpha2'],
    v1alpha2: ['v1alpha3'],
    v1alpha3: ['v1alpha4'],
    v1alpha4: ['v1alpha4'],
  },
  'traffic-split': { v1alpha3: ['v1alpha3'], v1alpha4: ['v1alpha4'] },
};

export type OfferedVersions = Partial<Record<Specification, { versions: readonly Version[] }>>;

/** Whether a version of a specification goes with a version of traffic-specs. */
export function arePartners(specification: Specification, version: Version, specs: Version): boolean {
  return routesOf[specification]?.[version]?.includes(specs) ?? true;
}

/**
 * The versions in which resources are written while `specification` is tested at `version`: its own, and of each other offered
 * specification the newest one that goes with it, or the newest at all where none does. Routes are chosen first, since all others name them.
 */
export function choosePartners(specification: Specification, version: Version, offered: OfferedVersions): Partial<Record<Specification, Version>> {
  const specs =
    specification === 'traffic-specs' ? version : newest('traffic-specs', offered, (candidate) => arePartners(specification, version, candidate));
  const chosen: Partial<Record<Specification, Version>> = {};
  for (const other of specifications) {
    const partner =
      other === specification ? version
      : other === 'traffic-specs' ? specs
      : newest(other, offered, (candidate) => specs === undefined || arePartners(other, candidate, specs));
    if (partner !== undefined) chosen[other] = partner;
  }
  return chosen;
}

function newest(specification: Specification, offered: OfferedVersions, isPartner: (version: Version) => boolean): Version | undefined {
  const versions = specificationVersions[specification].filter((version) => offered[specification]?.versions.includes(version) === true);
  return versions.findLast(isPartner) ?? versions.at(-1);
}
