import type { KubeObject } from '../../cluster/port.ts';

/** The part of a Pod's spec that the kubelet acts on. */
export interface PodSpec {
  serviceAccountName?: string;
  nodeName?: string;
  containers: Container[];
  volumes?: { name: string; configMap?: { name: string; optional?: boolean } }[];
}

export interface Container {
  name: string;
  image: string;
  env?: EnvironmentVariable[];
}

export interface EnvironmentVariable {
  name: string;
  value?: string;
  valueFrom?: { fieldRef?: { fieldPath: string } } & Record<string, unknown>;
}

export function podSpec(pod: KubeObject): PodSpec {
  return pod['spec'] as PodSpec;
}

/** Whether a Pod's status says that it serves. */
export function isReady(pod: KubeObject): boolean {
  const { conditions = [] } = (pod['status'] ?? {}) as { conditions?: { type: string; status: string }[] };
  return conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}
