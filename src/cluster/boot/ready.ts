import { setTimeout as sleep } from 'node:timers/promises';
import { ConformanceError, messageOf } from '../../model/errors.ts';
import { cancelled } from '../../tools/index.ts';
import { openKubernetes } from '../kubernetes/index.ts';
import { pollDelays } from '../poll.ts';
import { ApiError, type Cluster, type KubeObject } from '../port.ts';

/** Looks at the cluster; the answer is what is still missing, or undefined where nothing is. */
type Condition = (cluster: Cluster) => Promise<string | undefined>;

export interface Waiting {
  name: string;
  /** Of `performance.now()`. */
  deadline: number;
  signal: AbortSignal;
}

/** Every node is ready, and pods can be created: there is the account that they run as. */
export const nodesReady: Condition = async (cluster) => {
  const nodes = await cluster.list({ apiVersion: 'v1', kind: 'Node' });
  if (nodes.length === 0) return 'no node has registered';
  const waiting = nodes.find((node) => readiness(node)?.status !== 'True');
  if (waiting !== undefined) return `the node ${waiting.metadata.name} is not ready: ${readiness(waiting)?.message ?? 'it does not say why'}`;
  const account = await cluster.get({ apiVersion: 'v1', kind: 'ServiceAccount', namespace: 'default', name: 'default' });
  return account === undefined ? 'the namespace default has no ServiceAccount default' : undefined;
};

/** Names are resolved in the cluster. */
export const dnsReady: Condition = async (cluster) => {
  const servers = await cluster.list({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } });
  if (servers.length === 0) return 'no DNS server is deployed';
  const waiting = servers.find(({ status }) => !((status as { availableReplicas?: number } | undefined)?.availableReplicas ?? 0));
  return waiting === undefined ? undefined : `no replica of the DNS server ${waiting.metadata.name} is available`;
};

/** Opens a cluster that is coming up. Rejects with BOOT_FAILED at the deadline, or CANCELLED. */
export async function openComing(kubeconfig: string, waiting: Waiting): Promise<Cluster> {
  let opened: Cluster | undefined;
  await until(waiting, async () => {
    try {
      opened = await openKubernetes({ kubeconfig, signal: waiting.signal });
      return undefined;
    } catch (error) {
      if (error instanceof ConformanceError && error.code === 'UNREACHABLE') return error.message;
      throw error;
    }
  });
  if (opened === undefined) throw new TypeError('a cluster that answers was not opened');
  return opened.until(waiting.signal);
}

/** Waits until a condition holds. An API server that fails for a moment is asked again. */
export async function untilHolds(cluster: Cluster, condition: Condition, waiting: Waiting): Promise<void> {
  await until(waiting, async () => {
    try {
      return await condition(cluster);
    } catch (error) {
      if (error instanceof ApiError) return `the API server answers ${messageOf(error)}`;
      throw error;
    }
  });
}

async function until({ name, deadline, signal }: Waiting, look: () => Promise<string | undefined>): Promise<void> {
  const began = performance.now();
  for (const delay of pollDelays()) {
    if (signal.aborted) throw cancelled(signal);
    const missing = await look();
    if (missing === undefined) return;
    if (performance.now() + delay > deadline) {
      throw new ConformanceError('BOOT_FAILED', `the cluster ${name} did not get ready within ${Math.round((performance.now() - began) / 1000)} s: ${missing}. Give the machine more memory and processors, or choose another \`kubernetes_version\`; the exported logs of the node say more.`);
    }
    // A cancel is seen at the head of the loop.
    await sleep(delay, undefined, { signal }).catch(() => undefined);
  }
}

function readiness({ status }: KubeObject): { status: string; message?: string } | undefined {
  return (status as { conditions?: { type: string; status: string; message?: string }[] } | undefined)?.conditions?.find(({ type }) => type === 'Ready');
}
