import type { KubeObject } from '../../cluster/port.ts';
import { metricKinds, type MetricResource } from '../../model/metrics.ts';
import type { StoreView } from '../contract.ts';
import { nodeName } from '../store/defaults.ts';
import { podKey } from './decisions.ts';
import type { Resource } from './model.ts';

/** The resources of a kind that are there, in one namespace or in all. */
export function resourcesOf(store: StoreView, resource: MetricResource, namespace?: string): Resource[] {
  const kind = metricKinds[resource];
  if (resource === 'nodes') return [{ resource, kind, name: nodeName, labels: {} }];
  return store.list(kind, resource === 'namespaces' ? undefined : namespace).map(({ metadata }) => ({
    resource, kind, name: metadata.name, labels: metadata.labels ?? {}, ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
  }));
}

export function findResource(store: StoreView, resource: MetricResource, namespace: string | undefined, name: string): Resource | undefined {
  return resourcesOf(store, resource, namespace).find((one) => one.name === name && one.namespace === namespace);
}

/** The pods that a resource consists of, or that stand behind it. */
export function podsOf(store: StoreView, { resource, kind, namespace, name }: Resource): string[] {
  const pods = store.list('Pod', resource === 'namespaces' ? name : namespace);
  return pods.filter((pod) => belongs(pod)).map(({ metadata }) => podKey({ namespace: metadata.namespace ?? '', name: metadata.name }));

  function belongs(pod: KubeObject): boolean {
    switch (resource) {
      case 'namespaces':
      case 'trafficsplits':
        return true;
      case 'nodes':
        return (pod['spec'] as { nodeName?: string }).nodeName === name;
      case 'pods':
        return pod.metadata.name === name;
      case 'services':
        return isSelected(store.get('Service', namespace, name), pod);
      default:
        return ((pod.metadata['ownerReferences'] ?? []) as { kind: string; name: string }[]).some((owner) => owner.kind === kind && owner.name === name);
    }
  }
}

export function isSelected(service: KubeObject | undefined, { metadata }: KubeObject): boolean {
  const selector = Object.entries(((service?.['spec'] ?? {}) as { selector?: Record<string, string> }).selector ?? {});
  return selector.length > 0 && selector.every(([key, value]) => metadata.labels?.[key] === value);
}
