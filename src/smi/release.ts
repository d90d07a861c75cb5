import type { Specification, Version } from '../model/specification.ts';
import type { OfferedVersions } from './partners.ts';

/**
 * The versions that make up each release of the Service Mesh Interface, newest first: `SPEC_LATEST_STABLE.md` at the tags of
 * servicemeshinterface/smi-spec. v0.4.0 is the first release that names a set; before it, each specification went its own way.
 */
const releases: readonly { name: string; versions: Record<Specification, Version> }[] = [
  { name: 'v0.6.0', versions: { 'traffic-access': 'v1alpha3', 'traffic-specs': 'v1alpha4', 'traffic-split': 'v1alpha4', 'traffic-metrics': 'v1alpha1' } },
  { name: 'v0.5.0', versions: { 'traffic-access': 'v1alpha2', 'traffic-specs': 'v1alpha3', 'traffic-split': 'v1alpha3', 'traffic-metrics': 'v1alpha1' } },
  { name: 'v0.4.0', versions: { 'traffic-access': 'v1alpha1', 'traffic-specs': 'v1alpha2', 'traffic-split': 'v1alpha3', 'traffic-metrics': 'v1alpha1' } },
];

/** The newest release of which every offered specification offers the version that it names; undefined where there is none, or nothing is offered. */
export function smiRelease(offered: OfferedVersions): string | undefined {
  const entries = Object.entries(offered) as [Specification, { versions: readonly Version[] }][];
  if (entries.length === 0) return undefined;
  return releases.find(({ versions }) => entries.every(([specification, offer]) => offer.versions.includes(versions[specification])))?.name;
}
