import { ApiError } from '../../../src/cluster/port.ts';
import type { KubeObject } from '../../../src/cluster/port.ts';
import type { Store, StoreOptions } from '../../../src/reference/store/index.ts';
import { startWarnings } from '../../../src/reference/dataplane/index.ts';
import type { Decisions } from '../../../src/reference/dataplane/index.ts';
import { object, service, split, target } from '../store/objects.ts';

/** What a right and a wrong store make of objects. */
export interface StoreCase {
  served?: NonNullable<StoreOptions['served']>;
  look: (store: Store, decisions: Decisions) => unknown;
  right: unknown;
  wrong: unknown;
}

/** Which objects are taken, in their order. */
const taken = (store: Store, ...objects: KubeObject[]): boolean[] => objects.map((one) => {
  try {
    return store.create(one).metadata.uid !== undefined;
  } catch (error) {
    if (error instanceof ApiError && error.isRefusal) return false;
    throw error;
  }
});
const early = (weight: number | string): KubeObject => object('split.smi-spec.io/v1alpha1', 'TrafficSplit', `weighs-${weight}`, { spec: { service: 'web', backends: [{ service: 'a', weight }] } });
const weights = (store: Store, ...numbers: number[]): unknown => (store.create(split('web', { service: 'web', backends: numbers.map((weight, index) => ({ service: `web-v${index}`, weight })) }))['spec'] as { backends: { weight: number }[] }).backends.map(({ weight }) => weight);
const established = (store: Store): string[] => store.query({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' })
  .filter(({ status }) => (status as { conditions: { type: string; status: string }[] }).conditions.some((one) => one.type === 'Established' && one.status === 'True')).map(({ metadata }) => metadata.name);
const subject = { kind: 'ServiceAccount', name: 'a', namespace: 'ns' };
const valid = { destination: subject, rules: [{ kind: 'HTTPRouteGroup', name: 'r', matches: ['m'] }], sources: [subject] };
const route = (kind: string, name: string, matches: unknown): KubeObject => object('specs.smi-spec.io/v1alpha4', kind, name, { spec: { matches } });
const kept = (store: Store, kind: string, matches: unknown): unknown => (store.create(route(kind, 'r', matches))['spec'] as { matches: unknown }).matches;

/** Of the faults that show in the API server alone. */
export const storeCases: Record<string, StoreCase> = {
  'definition-not-established': { look: (store) => established(store).filter((name) => /^traffic(splits|targets)/.test(name)), right: ['trafficsplits.split.smi-spec.io', 'traffictargets.access.smi-spec.io'], wrong: ['traffictargets.access.smi-spec.io'] },
  'split-fields-optional': {
    look: (store) => taken(store, split('a', { backends: [] }), split('b', { service: 'web' }), split('c', { service: 'web', backends: [{ service: 'x' }] }), split('d', { service: 1, backends: [] })),
    right: [false, false, false, false], wrong: [true, true, true, false],
  },
  'quantities-refused': { served: { split: ['v1alpha1'] }, look: (store) => taken(store, early('1'), early(2), early('500m')), right: [true, true, true], wrong: [true, true, false] },
  'fractions-taken': { look: (store) => taken(store, ...[0.5, '50', -1, 1].map((weight, index) => split(`s${index}`, { service: 'web', backends: [{ service: 'a', weight }] })), split('unnamed', { service: 'web', backends: [{ weight: 1 }] })), right: [false, false, false, true, false], wrong: [true, true, true, true, false] },
  'signs-dropped': { look: (store) => taken(store, ...[0.5, -1].map((weight, index) => split(`s${index}`, { service: 'web', backends: [{ service: 'a', weight }] }))), right: [false, false], wrong: [false, true] },
  'matches-of-any-kind': { look: (store) => taken(store, ...['TCPRoute', 'HTTPRouteGroup'].map((kind) => split(kind.toLowerCase(), { service: 'web', backends: [], matches: [{ kind, name: 'r' }] }))), right: [false, true], wrong: [true, true] },
  'converted-units-dropped': {
    served: { split: ['v1alpha1', 'v1alpha4'] },
    look(store) {
      const stored = store.create(object('split.smi-spec.io/v1alpha1', 'TrafficSplit', 's', { spec: { service: 'web', backends: [{ service: 'a', weight: '1' }, { service: 'b', weight: '500m' }] } }));
      const read = store.read({ apiVersion: 'split.smi-spec.io/v1alpha4', kind: 'TrafficSplit', name: 's', namespace: stored.metadata.namespace ?? '' });
      return (read?.['spec'] as { backends: { weight: number }[] } | undefined)?.backends.map(({ weight }) => weight);
    },
    right: [2, 1], wrong: [1, 500],
  },
  'mismatch-untold': {
    look(store, decisions) {
      startWarnings(store, decisions);
      store.create(service('web'));
      store.create(service('odd', { ports: [{ port: 1024 }] }));
      store.create(split('web', { service: 'web', backends: [{ service: 'web', weight: 1 }, { service: 'odd', weight: 1 }, { service: 'none', weight: 1 }] }));
      // Told once, whatever else changes.
      store.create(service('more'));
      return store.list('Event').map(({ type, involvedObject, message }) => [type, (involvedObject as { name: string }).name, message]);
    },
    right: [['Warning', 'web', 'the backend odd lacks port 80 of the root web, and gets nothing there']], wrong: [],
  },
  'weights-normalised': { look: (store) => weights(store, 75, 25), right: [75, 25], wrong: [7500, 2500] },
  'target-fields-optional': { look: (store) => taken(store, target('a', {}), target('b', { destination: {}, rules: [], sources: [] }), split('c', { service: 1 })), right: [false, false, false], wrong: [true, true, false] },
  'ports-by-name-taken': { look: (store) => taken(store, route('TCPRoute', 'a', { ports: ['http'] }), route('UDPRoute', 'b', { ports: ['dns'] })), right: [false, false], wrong: [true, false] },
  'access-definition-missing': { look: (store) => established(store).some((name) => name.endsWith('access.smi-spec.io')), right: true, wrong: false },
  'binding-definition-missing': {
    served: { access: ['v1alpha4'] }, look: (store) => established(store).filter((name) => name.endsWith('access.smi-spec.io')).sort(),
    right: ['identitybindings.access.smi-spec.io', 'traffictargets.access.smi-spec.io'], wrong: ['traffictargets.access.smi-spec.io'],
  },
  'route-definitions-missing': { look: (store) => established(store).filter((name) => name.endsWith('specs.smi-spec.io')).length, right: 3, wrong: 0 },
  'deletions-held': {
    look(store) {
      store.create(target('t', valid));
      store.remove({ apiVersion: 'access.smi-spec.io/v1alpha3', kind: 'TrafficTarget', name: 't', namespace: 'shop' });
      return store.list('TrafficTarget').length;
    },
    right: 0, wrong: 1,
  },
  'rule-matches-pruned': { look: (store) => (store.create(target('t', valid))['spec'] as typeof valid).rules, right: valid.rules, wrong: [{ kind: 'HTTPRouteGroup', name: 'r' }] },
  'route-lists-shortened': {
    look: (store) => [kept(store, 'HTTPRouteGroup', [{ name: 'a' }, { name: 'b' }]), kept(store, 'TCPRoute', { ports: [1, 2] })],
    right: [[{ name: 'a' }, { name: 'b' }], { ports: [1, 2] }], wrong: [[{ name: 'a' }], { ports: [1] }],
  },
  'headers-pruned': { look: (store) => kept(store, 'HTTPRouteGroup', [{ name: 'a', headers: [{ x: 'y' }] }]), right: [{ name: 'a', headers: [{ x: 'y' }] }], wrong: [{ name: 'a' }] },
  'versions-not-converted': {
    served: { specs: ['v1alpha2', 'v1alpha4'] },
    look(store) {
      store.create(route('HTTPRouteGroup', 'r', [{ name: 'a' }]));
      return store.read({ apiVersion: 'specs.smi-spec.io/v1alpha2', kind: 'HTTPRouteGroup', name: 'r', namespace: 'shop' })?.['matches'];
    },
    right: [{ name: 'a' }], wrong: undefined,
  },
};
