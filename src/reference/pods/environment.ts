import type { KubeObject } from '../../cluster/port.ts';
import { podSpec } from './pod.ts';
import type { Container, EnvironmentVariable } from './pod.ts';

/** The environment of a container: plain values, and fields of its pod (the downward API). Throws on a source that this kubelet does not know. */
export function environmentOf(container: Container, pod: KubeObject, ip: string): Record<string, string> {
  return Object.fromEntries((container.env ?? []).map((variable) => [variable.name, valueOf(variable, pod, ip)]));
}

function valueOf({ name, value, valueFrom }: EnvironmentVariable, pod: KubeObject, ip: string): string {
  if (valueFrom === undefined) return value ?? '';
  const path = valueFrom.fieldRef?.fieldPath;
  const field = path === undefined ? undefined : fieldOf(path, pod, ip);
  if (field === undefined) throw new Error(`the variable ${name} comes from ${JSON.stringify(valueFrom)}; the embedded cluster knows values and fields of the pod only`);
  return field;
}

/** The text of a field that the downward API offers; undefined where it offers none of that path. */
function fieldOf(path: string, pod: KubeObject, ip: string): string | undefined {
  const { name, namespace = '', uid = '', labels, annotations } = pod.metadata;
  const { nodeName = '', serviceAccountName = '' } = podSpec(pod);
  const fields: Record<string, string> = {
    'metadata.name': name, 'metadata.namespace': namespace, 'metadata.uid': uid,
    'spec.nodeName': nodeName, 'spec.serviceAccountName': serviceAccountName,
    'status.podIP': ip, 'status.podIPs': ip, 'status.hostIP': hostIP,
  };
  const [, map, key] = /^metadata\.(labels|annotations)\['([^']+)'\]$/.exec(path) ?? [];
  if (key !== undefined) return (map === 'labels' ? labels : annotations)?.[key] ?? '';
  return fields[path];
}

/** The address of the only node. */
export const hostIP = '127.0.0.1';
