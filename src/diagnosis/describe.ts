import type { KubeObject } from '../cluster/port.ts';

interface Container {
  name: string;
  image?: string;
  imagePullPolicy?: string;
  ports?: unknown;
  resources?: unknown;
  env?: { name: string }[];
  startupProbe?: unknown;
  readinessProbe?: unknown;
  livenessProbe?: unknown;
  volumeMounts?: { name: string; mountPath: string }[];
}

interface PodSpec {
  containers?: Container[];
  initContainers?: Container[];
  [field: string]: unknown;
}

interface PodStatus {
  phase?: string;
  conditions?: { type: string; status: string }[];
  containerStatuses?: ContainerStatus[];
  initContainerStatuses?: ContainerStatus[];
}

interface ContainerStatus {
  name: string;
  restartCount?: number;
  state?: { waiting?: object };
}

/** A pod that has not ended and is not ready. Pure. */
export function isUnready(pod: KubeObject): boolean {
  const { phase, conditions = [] } = statusOf(pod);
  return phase !== 'Succeeded' && !conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}

/** The containers of a pod that can have a log: whether this start of theirs has one, and one before it. Pure. */
export function containersOf(pod: KubeObject): { name: string; now: boolean; before: boolean }[] {
  const { initContainerStatuses = [], containerStatuses = [] } = statusOf(pod);
  return [...initContainerStatuses, ...containerStatuses].map(({ name, restartCount = 0, state }) => ({ name, now: state?.waiting === undefined, before: restartCount > 0 }));
}

/**
 * What of a pod tells why it is not ready, and can be no secret: fields are taken that are known to be harmless, not left out that are known to be secret.
 * Of variables and annotations there are the names; commands and arguments are not there. Pure.
 */
export function describePod({ metadata, spec, status }: KubeObject): object {
  const { name, namespace, labels, annotations = {}, creationTimestamp, deletionTimestamp, ownerReferences } = metadata;
  const { containers = [], initContainers = [], ...rest } = (spec ?? {}) as PodSpec;
  return defined({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: defined({ name, namespace, labels, annotations: Object.keys(annotations), creationTimestamp, deletionTimestamp, ownerReferences }),
    spec: defined({
      ...picked(rest, ['nodeName', 'serviceAccountName', 'restartPolicy', 'priorityClassName', 'nodeSelector', 'affinity', 'tolerations', 'hostNetwork', 'readinessGates', 'schedulingGates']),
      initContainers: initContainers.map(describeContainer),
      containers: containers.map(describeContainer),
    }),
    status,
  });
}

function describeContainer({ name, image, imagePullPolicy, ports, resources, env = [], volumeMounts = [], startupProbe, readinessProbe, livenessProbe }: Container): object {
  return defined({
    name, image, imagePullPolicy, ports, resources,
    env: env.map((variable) => variable.name),
    volumeMounts: volumeMounts.map(({ name: volume, mountPath }) => ({ name: volume, mountPath })),
    startupProbe: describeProbe(startupProbe), readinessProbe: describeProbe(readinessProbe), livenessProbe: describeProbe(livenessProbe),
  });
}

/** A probe's headers and command may hold a credential. */
function describeProbe(probe: unknown): object | undefined {
  if (typeof probe !== 'object' || probe === null) return undefined;
  const { httpGet, exec, ...rest } = probe as { httpGet?: Record<string, unknown>; exec?: unknown };
  return defined({ ...rest, httpGet: httpGet === undefined ? undefined : picked(httpGet, ['path', 'port', 'scheme']), exec: exec === undefined ? undefined : {} });
}

function picked(from: Record<string, unknown>, names: string[]): object {
  return Object.fromEntries(names.map((name) => [name, from[name]]));
}

function defined(object: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

function statusOf({ status }: KubeObject): PodStatus {
  return status ?? {};
}
