import type { KubeObject } from '../../cluster/port.ts';
import { problemsOfLabels, problemsOfName } from './names.ts';
import { same } from './same.ts';

/** What an API server would refuse of the built-in kinds that fixtures use: what a fixture could get wrong, not every rule. */
export function problemsOfBuiltIn(object: KubeObject): string[] {
  if (object.kind === 'Service') return problemsOfService((object['spec'] ?? {}) as ServiceSpec);
  if (object.kind === 'Deployment') return problemsOfDeployment((object['spec'] ?? {}) as DeploymentSpec);
  if (object.kind === 'Pod') return problemsOfContainers('spec.containers', ((object['spec'] ?? {}) as PodSpec).containers);
  return [];
}

/** What an API server would refuse of a change to a built-in object: the fields that stay what they were at its creation. */
export function problemsOfChange(next: KubeObject, previous: KubeObject): string[] {
  if (next.kind === 'Deployment') return unchanged('selector', next, previous);
  if (next.kind === 'Service') return (next['spec'] as ServiceSpec | undefined)?.clusterIP === undefined ? [] : unchanged('clusterIP', next, previous);
  if (next.kind !== 'Pod') return [];
  // A field that is left out is filled in again before it is stored.
  const before = (previous['spec'] ?? {}) as Record<string, unknown>;
  const changed = Object.entries((next['spec'] ?? {}) as Record<string, unknown>).some(([field, value]) => !same(value, before[field]));
  return changed ? ['spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations)'] : [];
}

function unchanged(field: string, next: KubeObject, previous: KubeObject): string[] {
  const [wanted, was] = [next, previous].map((object) => ((object['spec'] ?? {}) as Record<string, unknown>)[field]);
  return same(wanted, was) ? [] : [`spec.${field}: Invalid value: ${JSON.stringify(wanted)}: field is immutable`];
}

interface ServiceSpec {
  clusterIP?: string;
  type?: string;
  ports?: { name?: string; port?: unknown }[];
}

interface PodSpec {
  containers?: { name?: string; image?: string; ports?: { name?: string; containerPort?: unknown }[] }[];
}

interface DeploymentSpec {
  replicas?: unknown;
  selector?: { matchLabels?: Record<string, string> };
  template?: { metadata?: { labels?: Record<string, string> }; spec?: PodSpec };
}

function problemsOfService(spec: ServiceSpec): string[] {
  const ports = spec.ports ?? [];
  if (ports.length === 0) return spec.clusterIP === 'None' || spec.type === 'ExternalName' ? [] : ['spec.ports: Required value'];
  return ports.flatMap(({ name, port }, index) => {
    const path = `spec.ports[${index}]`;
    return [
      ...(name ? problemsOfName(`${path}.name`, name, 'label') : ports.length > 1 ? [`${path}.name: Required value`] : []),
      ...(name && ports.findIndex((other) => other.name === name) < index ? [`${path}.name: Duplicate value: ${JSON.stringify(name)}`] : []),
      ...problemsOfPort(`${path}.port`, port),
    ];
  });
}

function problemsOfDeployment({ replicas, selector, template }: DeploymentSpec): string[] {
  const labels = template?.metadata?.labels;
  const wanted = Object.entries(selector?.matchLabels ?? {});
  return [
    ...(replicas === undefined || (Number.isInteger(replicas) && (replicas as number) >= 0) ? [] : [`spec.replicas: Invalid value: ${JSON.stringify(replicas)}: must be greater than or equal to 0`]),
    ...(wanted.length === 0 ? ['spec.selector: Required value'] : []),
    ...problemsOfLabels('spec.template.labels', labels ?? {}),
    ...(wanted.length > 0 && wanted.every(([key, value]) => labels?.[key] === value)
      ? []
      : [`spec.template.metadata.labels: Invalid value: ${JSON.stringify(labels ?? null)}: \`selector\` does not match template \`labels\``]),
    ...problemsOfContainers('spec.template.spec.containers', template?.spec?.containers),
  ];
}

function problemsOfContainers(path: string, containers: PodSpec['containers'] = []): string[] {
  if (containers.length === 0) return [`${path}: Required value`];
  return containers.flatMap(({ name, image, ports = [] }, index) => [
    ...(name ? problemsOfName(`${path}[${index}].name`, name, 'label') : [`${path}[${index}].name: Required value`]),
    ...(image ? [] : [`${path}[${index}].image: Required value`]),
    ...ports.flatMap((port, at) => [
      ...problemsOfPort(`${path}[${index}].ports[${at}].containerPort`, port.containerPort),
      ...((port.name?.length ?? 0) > 15 ? [`${path}[${index}].ports[${at}].name: Invalid value: ${JSON.stringify(port.name)}: must be no more than 15 characters`] : []),
    ]),
  ]);
}

function problemsOfPort(path: string, port: unknown): string[] {
  if (port === undefined) return [`${path}: Required value`];
  return Number.isInteger(port) && (port as number) >= 1 && (port as number) <= 65535
    ? []
    : [`${path}: Invalid value: ${JSON.stringify(port)}: must be between 1 and 65535, inclusive`];
}
