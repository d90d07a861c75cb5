import { ApiError } from '../../../src/cluster/port.ts';
import type { KubeObject } from '../../../src/cluster/port.ts';
import type { Store, StoreOptions } from '../../../src/reference/store/index.ts';
import { object, split } from '../store/objects.ts';

/** What a right and a wrong store make of objects. */
export interface StoreCase {
  served?: NonNullable<StoreOptions['served']>;
  look: (store: Store) => unknown;
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

/** Of the faults that show in the API server alone. */
export const storeCases: Record<string, StoreCase> = {
  'definition-not-established': { look: (store) => established(store).filter((name) => /^traffic(splits|targets)/.test(name)), right: ['trafficsplits.split.smi-spec.io', 'traffictargets.access.smi-spec.io'], wrong: ['traffictargets.access.smi-spec.io'] },
  'split-fields-optional': {
    look: (store) => taken(store, split('a', { backends: [] }), split('b', { service: 'web' }), split('c', { service: 'web', backends: [{ service: 'x' }] }), split('d', { service: 1, backends: [] })),
    right: [false, false, false, false], wrong: [true, true, true, false],
  },
  'quantities-refused': { served: { split: ['v1alpha1'] }, look: (store) => taken(store, early('1'), early(2), early('500m')), right: [true, true, true], wrong: [true, true, false] },
  'weights-normalised': { look: (store) => weights(store, 75, 25), right: [75, 25], wrong: [7500, 2500] },
};
