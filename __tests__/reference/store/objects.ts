import { ApiError } from '../../../src/cluster/port.ts';
import type { KubeObject } from '../../../src/cluster/port.ts';
import { createStore } from '../../../src/reference/store/index.ts';
import type { Store, StoreOptions } from '../../../src/reference/store/index.ts';

/** A store with one namespace, `shop`, at a fixed time. */
export function openStore(options: Omit<StoreOptions, 'clock'> = {}): Store {
  const store = createStore({ clock: () => new Date('2030-01-02T03:04:05.678Z'), ...options });
  store.create(object('v1', 'Namespace', 'shop', {}, {}));
  return store;
}

export function object(apiVersion: string, kind: string, name: string, fields: Record<string, unknown>, metadata: Record<string, unknown> = { namespace: 'shop' }): KubeObject {
  return { apiVersion, kind, metadata: { name, ...metadata }, ...fields };
}

export const service = (name: string, spec: Record<string, unknown> = { ports: [{ port: 80 }] }): KubeObject => object('v1', 'Service', name, { spec });
export const split = (name: string, spec: unknown, version = 'v1alpha4'): KubeObject => object(`split.smi-spec.io/${version}`, 'TrafficSplit', name, { spec });
export const target = (name: string, spec: unknown, version = 'v1alpha3'): KubeObject => object(`access.smi-spec.io/${version}`, 'TrafficTarget', name, { spec });
export const group = (name: string, spec: unknown, version = 'v1alpha4'): KubeObject => object(`specs.smi-spec.io/${version}`, 'HTTPRouteGroup', name, { spec });

/** What a call is refused with. */
export function refusal(call: () => unknown): Pick<ApiError, 'status' | 'reason' | 'message' | 'isRefusal'> {
  try {
    call();
  } catch (error) {
    if (error instanceof ApiError) return { status: error.status, reason: error.reason, message: error.message, isRefusal: error.isRefusal };
    throw error;
  }
  throw new Error('it was not refused');
}
