import type { AssertionResult, Offer, SpecificationResult } from '../model/report.ts';
import { metricKinds } from '../model/metrics.ts';
import { versions } from '../model/specification.ts';
import type { Specification, Version } from '../model/specification.ts';
import { joined } from './words.ts';

type Capability = Pick<SpecificationResult, 'capability' | 'capabilityReason'>;

/** A kind or field of a specification and the first API version that has it. */
interface Part {
  name: string;
  since: Version;
}

/**
 * What makes up the newest form of each specification. Access v1alpha4 with its IdentityBinding is a profile of its own,
 * which no mesh lacks.
 */
const parts: Record<Specification, { kinds: Part[]; features: Part[] }> = {
  'traffic-access': { kinds: [{ name: 'TrafficTarget', since: 'v1alpha1' }], features: [] },
  'traffic-specs': {
    kinds: [{ name: 'HTTPRouteGroup', since: 'v1alpha1' }, { name: 'TCPRoute', since: 'v1alpha1' }, { name: 'UDPRoute', since: 'v1alpha4' }],
    features: [{ name: 'HTTPRouteGroup.headers', since: 'v1alpha2' }, { name: 'TCPRoute.ports', since: 'v1alpha4' }],
  },
  'traffic-split': { kinds: [{ name: 'TrafficSplit', since: 'v1alpha1' }], features: [{ name: 'TrafficSplit.matches', since: 'v1alpha3' }] },
  // Resources of the API, which has no kinds to write.
  'traffic-metrics': { kinds: Object.keys(metricKinds).map((name) => ({ name, since: 'v1alpha1' })), features: [] },
};
const optional = 'IdentityBinding';

/**
 * How much of a specification is offered at all. `offer` is what is claimed and served: absent where nothing is claimed, without
 * versions where the cluster serves none of what is claimed.
 */
export function capabilityOf(specification: Specification, offer: Offer | undefined): Capability {
  if (offer === undefined) return { capability: 'none' };
  const newest = versions.findLast((version) => offer.versions.includes(version));
  if (newest === undefined) return { capability: 'partial', capabilityReason: 'claimed, but the cluster serves none of it' };
  const missing = missingParts(parts[specification], offer, newest);
  return missing.length === 0 ? { capability: 'full' } : { capability: 'partial', capabilityReason: missing.join('; ') };
}

/** Compliance of one specification from its results. A failed gate, and what stands inconclusive behind it, fails it; `partial` does not. */
export function complianceOf(results: readonly Pick<AssertionResult, 'level' | 'verdict'>[], capability: SpecificationResult['capability'], complete: boolean): SpecificationResult['compliance'] {
  if (!complete) return 'incomplete';
  const judged = results.filter(({ level, verdict }) => level === 'must' && !['skip', 'info', 'error'].includes(verdict));
  // With nothing judged there is no compliance to state: silence is not a pass.
  if (capability === 'none' || judged.length === 0) return 'not-applicable';
  return judged.some(({ verdict }) => verdict === 'fail' || verdict === 'inconclusive') ? 'failed' : 'passed';
}

function missingParts({ kinds, features }: { kinds: Part[]; features: Part[] }, offer: Offer, newest: Version): string[] {
  const isOld = ({ since }: Part): boolean => since > newest;
  const lacking = kinds.filter((kind) => !isOld(kind) && !offer.kinds.includes(kind.name)).map(({ name }) => name);
  // A field of a kind that is missing altogether needs no word of its own.
  const without = offer.without.filter((name) => !name.startsWith(optional) && !lacking.includes(name.split('.')[0] ?? name));
  const old = [...kinds, ...features].filter(isOld).map(({ name }) => name).filter((name) => !without.includes(name));
  const missing = [...new Set([...lacking, ...without])];
  return [
    ...(missing.length > 0 ? [`no ${joined(missing)}`] : []),
    ...(old.length > 0 ? [`${newest} has no ${joined(old)}`] : []),
  ];
}
