import type { KubeObject } from '../../../cluster/port.ts';
import type { TrafficSplit } from '../model.ts';
import { fields, list, namesOf, text, versionOf } from './fields.ts';

/** A TrafficSplit of any version: v1alpha1 weighs in quantities, and matches came with v1alpha3. */
export function decodeTrafficSplit(object: KubeObject): TrafficSplit {
  const version = versionOf(object);
  const names = namesOf(object);
  const { service, backends, matches } = fields(object['spec']);
  const groups = version === 'v1alpha1' || version === 'v1alpha2' ? [] : list(matches).map(fields);
  return {
    ...names,
    service: shortName(text(service), names.namespace),
    backends: list(backends).map((backend) => ({ service: text(fields(backend)['service']), weight: decodeWeight(fields(backend)['weight'], version) })),
    ...(groups.length > 0 && { matches: groups.filter(({ kind }) => kind === 'HTTPRouteGroup').map(({ name }) => text(name)) }),
  };
}

/** The root may be named by the name that applications call it by. */
function shortName(service: string, namespace: string): string {
  const [name = '', home] = service.split('.');
  return home === namespace ? name : service;
}

/** A weight that is none, or below zero, gets nothing. */
function decodeWeight(value: unknown, version: string): number {
  const weight = typeof value === 'string' && version === 'v1alpha1' ? decodeQuantity(value) : value;
  return typeof weight === 'number' && weight > 0 && Number.isFinite(weight) ? weight : 0;
}

const units: Readonly<Record<string, number>> = {
  n: 1e-9, u: 1e-6, m: 1e-3, '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18,
  Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60,
};

/** The number that a Kubernetes quantity stands for: 500m is a half. */
function decodeQuantity(quantity: string): number {
  const [, digits = '', suffix = ''] = /^([+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)([numkKMGTPE]?i?)$/.exec(quantity) ?? [];
  return Number(digits) * (units[suffix] ?? 0);
}
