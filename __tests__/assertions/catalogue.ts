import { type Level, type Specification, versions, type Version } from '../../src/model/specification.ts';

/** What the catalogue says of one assertion, where it is not the usual: all versions, `must`. */
export interface Entry {
  versions?: readonly Version[];
  level?: Level;
}

const since = (first: Version): readonly Version[] => versions.filter((version) => version >= first);

/** Every assertion of the first suite. One that is added or taken away is added or taken away here as well, on purpose. */
export const catalogue: Partial<Record<Specification, { presence: Record<string, Entry>; capability: Record<string, Entry> }>> = {
  'traffic-access': {
    presence: {
      'crd-traffictarget': {},
      'fixture-ready': { level: 'fixture' },
      'traffictarget-roundtrip': {},
      'traffictarget-delete': {},
    },
    capability: {
      'default-deny': {},
      'allow-listed-source': {},
      'unlisted-source-denied': {},
      'identity-not-labels': {},
      'identity-all-source-pods': {},
      'additive-targets': {},
      'additive-same-route': {},
      'direction-one-way': {},
      'route-not-listed-denied': {},
      'tcproute-covers-http': { level: 'should' },
      'deletion-revokes': {},
      'update-rules': {},
    },
  },
  'traffic-specs': {
    presence: {
      'crd-httproutegroup': {},
      'fixture-ready': { level: 'fixture' },
      'httproutegroup-roundtrip': {},
      'tcproute-roundtrip': {},
    },
    capability: {
      'path-selects': {},
      'path-wildcard': {},
      'path-start-anchored': {},
      'path-regex-class': {},
      'method-selects': {},
      'method-list': {},
      'method-wildcard': {},
      'matches-are-alternatives': {},
      'header-single': { versions: since('v1alpha2') },
      'update-propagates': {},
      'tcproute-empty-ports': { versions: since('v1alpha4') },
    },
  },
  'traffic-split': {
    presence: {
      'crd-trafficsplit': {},
      'fixture-ready': { level: 'fixture' },
      'trafficsplit-roundtrip': {},
      'trafficsplit-update-roundtrip': {},
    },
    capability: {
      'root-without-split': {},
      'all-to-first': {},
      'all-to-second': {},
      'weighted-75-25': {},
      'weighted-25-75': {},
      'weighted-90-10': {},
      'weighted-three-way': {},
      'zero-among-several': {},
      'weights-under-100': { versions: since('v1alpha2') },
      'port-mapping': {},
      'match-header-routes': { versions: since('v1alpha3') },
      'match-nonmatching-root': { versions: since('v1alpha3') },
      'delete-restores-root': {},
    },
  },
};
