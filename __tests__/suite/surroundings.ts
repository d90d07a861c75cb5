import type { ServedApi } from '../../src/cluster/port.ts';
import { offeredBy } from '../../src/mesh/offered.ts';
import type { MeshDefinition } from '../../src/model/mesh.ts';
import { apiGroups, type SmiKind, smiKinds, specificationOf, type Version } from '../../src/model/specification.ts';
import { kindNames, kindVersions } from '../../src/smi/index.ts';
import type { Surroundings } from '../../src/suite/offer.ts';

/** A kind as discovery lists it, in some versions. */
export function serves(kind: SmiKind, ...versions: Version[]): ServedApi[] {
  return versions.map((version) => ({ group: apiGroups[specificationOf[kind]], version, kind, plural: kindNames[kind].plural, namespaced: true }));
}

export function around(name: string, claims: MeshDefinition['claims'], served: ServedApi[]): Surroundings {
  const definition: MeshDefinition = { id: 'm', name, aliases: [], provider: 'M', status: 'supported', enrolment: { namespace: {}, pod: {} }, host: '{service}', claims };
  return { definition, served, offered: offeredBy(definition, served) };
}

/** Claims versions that do not match each other's newest, no UDPRoute, and a split without matches; its cluster serves a UDPRoute all the same. */
export const osm = around(
  'OSM',
  { 'traffic-access': { versions: ['v1alpha3'], kinds: ['TrafficTarget'] }, 'traffic-specs': { versions: ['v1alpha4'], kinds: ['HTTPRouteGroup', 'TCPRoute'] }, 'traffic-split': { versions: ['v1alpha2'], kinds: ['TrafficSplit'] } },
  [...serves('TrafficTarget', 'v1alpha3'), ...serves('HTTPRouteGroup', 'v1alpha4'), ...serves('TCPRoute', 'v1alpha4'), ...serves('UDPRoute', 'v1alpha4'), ...serves('TrafficSplit', 'v1alpha2')],
);

/** Older routes, and a split of a version that has matches, of which it says that it lacks them. */
export const traefik = around(
  'Traefik',
  {
    'traffic-access': { versions: ['v1alpha2'], kinds: ['TrafficTarget'] },
    'traffic-specs': { versions: ['v1alpha3'], kinds: ['HTTPRouteGroup', 'TCPRoute'] },
    'traffic-split': { versions: ['v1alpha3'], kinds: ['TrafficSplit'], without: ['TrafficSplit.matches'] },
  },
  [...serves('TrafficTarget', 'v1alpha2'), ...serves('HTTPRouteGroup', 'v1alpha3'), ...serves('TCPRoute', 'v1alpha3'), ...serves('TrafficSplit', 'v1alpha3')],
);

/** Claims what is served, and everything is. */
export const reference = around('Reference', 'served', smiKinds.flatMap((kind) => serves(kind, ...kindVersions[kind])));
