import type { KubeObject } from '../../cluster/port.ts';
import type { Fault } from './fault.ts';

export const versionsNotConverted: Fault = {
  name: 'versions-not-converted',
  row: '+',
  title: 'An object reads in every version as it was written, whatever that version can hold',
  seam: 'store',
  served: { access: ['v1alpha1', 'v1alpha3'], specs: ['v1alpha2', 'v1alpha4'], split: ['v1alpha4'] },
  kills: ['traffic-access/version-roundtrip', 'traffic-specs/version-roundtrip'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, store: { ...decisions.store, reads: (converted, stored) => (/^(TrafficTarget|HTTPRouteGroup)$/.test(stored.kind) ? asWritten(stored, converted) : decisions.store.reads(converted, stored)) } }),
};

function asWritten(stored: KubeObject, { apiVersion }: KubeObject): KubeObject {
  return { ...stored, apiVersion };
}
