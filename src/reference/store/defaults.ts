import type { KubeObject } from '../../cluster/port.ts';

type Fields = Record<string, unknown>;

/** The cluster's only node; every Pod is bound to it. */
export const nodeName = 'embedded';

/** What an API server fills in of the built-in kinds when they are written; `previous` is the stored object that is being replaced. */
export function withDefaults(object: KubeObject, addresses: () => string, previous?: KubeObject): KubeObject {
  if (object.kind === 'Namespace') return namespaceDefaults(object);
  if (object.kind === 'Service') return serviceDefaults(object, addresses, previous);
  if (object.kind === 'Deployment') return { ...object, spec: { replicas: 1, ...fieldsOf(object['spec']) } };
  if (object.kind === 'Pod') return { ...object, spec: { serviceAccountName: 'default', restartPolicy: 'Always', nodeName, ...fieldsOf(object['spec']) } };
  return object;
}

/** The state that a new object has before a controller has seen it. */
export function initialStatus(kind: string): Fields {
  if (kind === 'Namespace') return { phase: 'Active' };
  if (kind === 'Pod') return { phase: 'Pending' };
  if (kind === 'Service') return { loadBalancer: {} };
  return {};
}

/** The addresses of Services: 10.96.0.10 onwards within 10.96.0.0/12, never used twice. */
export function createAddresses(): () => string {
  let next = 10;
  return () => {
    const address = `10.${96 + (next >> 16)}.${(next >> 8) & 255}.${next & 255}`;
    next += 1;
    return address;
  };
}

function namespaceDefaults(object: KubeObject): KubeObject {
  const { name, labels } = object.metadata;
  return { ...object, metadata: { ...object.metadata, labels: { ...labels, 'kubernetes.io/metadata.name': name } }, spec: { finalizers: ['kubernetes'] } };
}

function serviceDefaults(object: KubeObject, addresses: () => string, previous: KubeObject | undefined): KubeObject {
  const spec = fieldsOf(object['spec']);
  const ports = (spec['ports'] ?? []) as Fields[];
  const clusterIP = spec['clusterIP'] ?? fieldsOf(previous?.['spec'])['clusterIP'] ?? (spec['type'] === 'ExternalName' ? undefined : addresses());
  return {
    ...object,
    spec: {
      type: 'ClusterIP',
      sessionAffinity: 'None',
      ...spec,
      ...(clusterIP !== undefined && { clusterIP, clusterIPs: [clusterIP] }),
      ports: ports.map((port) => ({ protocol: 'TCP', targetPort: port['port'], ...port })),
    },
  };
}

function fieldsOf(value: unknown): Fields {
  return (value ?? {}) as Fields;
}
