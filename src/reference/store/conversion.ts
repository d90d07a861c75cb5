import type { KubeObject } from '../../cluster/port.ts';
import { pruneFields, versionOf } from './admission.ts';
import type { ResourceKind } from './kinds.ts';
import { toWholeNumbers } from './quantity.ts';

type Fields = Record<string, unknown>;

/**
 * An SMI object as it reads in another version of its group: the layout of the newest version is the hub.
 * What the other version has no place for (a destination's port from access v1alpha3, header filters before specs v1alpha2,
 * `matches` of a split before v1alpha3) is missing in that view only; the stored object keeps it.
 */
export function convert(object: KubeObject, kind: ResourceKind, apiVersion: string): KubeObject {
  if (object.apiVersion === apiVersion) return object;
  const version = versionOf(apiVersion);
  const schema = kind.schemas?.[version];
  const conversion = conversions[kind.kind];
  if (schema === undefined || conversion === undefined) return { ...object, apiVersion };
  const { apiVersion: from, kind: name, metadata, ...fields } = object;
  const hub = conversion.up(fields, versionOf(from));
  return pruneFields({ apiVersion, kind: name, metadata, ...conversion.down(hub, version) }, schema);
}

interface Conversion {
  up(fields: Fields, from: string): Fields;
  down(fields: Fields, to: string): Fields;
}

const unchanged = (fields: Fields): Fields => fields;

const conversions: Record<string, Conversion | undefined> = {
  TrafficTarget: {
    up: ({ destination, specs, sources, ...fields }, from) => (from === 'v1alpha1' ? { spec: given({ destination, rules: specs, sources }) } : fields),
    down(fields, to) {
      if (to !== 'v1alpha1') return fields;
      const { destination, rules, sources } = specOf(fields);
      return given({ destination, specs: rules, sources });
    },
  },
  IdentityBinding: { up: unchanged, down: unchanged },
  HTTPRouteGroup: {
    up: (fields, from) => (isFlat(from) ? { spec: { matches: fields['matches'] } } : fields),
    down(fields, to) {
      if (!isFlat(to)) return fields;
      const matches = (specOf(fields)['matches'] ?? []) as Fields[];
      // All three fields of a match are required in v1alpha1, where later ones mean "any" by leaving them out.
      return { matches: to === 'v1alpha1' ? matches.map((match) => ({ pathRegex: '.*', methods: ['*'], ...match })) : matches };
    },
  },
  TCPRoute: { up: (fields, from) => (from === 'v1alpha4' ? fields : { spec: { matches: { ports: [] } } }), down: unchanged },
  UDPRoute: { up: unchanged, down: unchanged },
  TrafficSplit: {
    up(fields, from) {
      const backends = specOf(fields)['backends'] as { service: string; weight: string | number }[] | undefined;
      if (from !== 'v1alpha1' || backends === undefined) return fields;
      const weights = toWholeNumbers(backends.map((backend) => backend.weight));
      return { spec: { ...specOf(fields), backends: backends.map((backend, index) => ({ ...backend, weight: weights[index] })) } };
    },
    down: unchanged,
  },
};

/** Whether HTTPRouteGroup has its matches at the top in a version. */
function isFlat(version: string): boolean {
  return version === 'v1alpha1' || version === 'v1alpha2';
}

function specOf(fields: Fields): Fields {
  return (fields['spec'] ?? {}) as Fields;
}

function given(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
