import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootCluster, type Booted, type BootRequest } from '../../../src/cluster/boot/index.ts';
import type { KubeObject } from '../../../src/cluster/port.ts';
import { type Made, openJournal, openRuns } from '../../../src/journal/index.ts';
import { ConformanceError } from '../../../src/model/errors.ts';
import { type ApiServer, startApiServer } from '../../stand-ins/api-server.ts';
import { installPrograms, type Programs } from '../../stand-ins/kind-programs.ts';

export const nodeImage = 'kindest/node:v1.34.4';
/** The run's id, of this process alone: what removes a cluster ends every command that names it, and other test files run beside. */
export const runId = `t${(process.pid % 36 ** 5).toString(36).padStart(5, '0')}`;
export const name = `smi-conformance-${runId}`;

/** A machine with stand-ins of docker, kind and minikube, whose clusters all answer at one API server. */
export interface Bed {
  folder: string;
  programs: Programs;
  api: ApiServer;
  lines: string[];
  boot(more?: Partial<BootRequest>): Promise<Booted>;
  /** What the journal still names. Closes it. */
  left(): Promise<Made[]>;
  /** What an API server stores when the cluster is up. */
  setNode(ready: boolean, message?: string): void;
  setDns(availableReplicas: number): void;
  close(): Promise<void>;
}

export async function openBed(): Promise<Bed> {
  const folder = mkdtempSync(join(tmpdir(), 'boot-'));
  const api = await startApiServer({ authorization: 'Bearer secret-of-the-cluster' });
  const type = (plural: string, kind: string, namespaced: boolean) => ({ name: plural, kind, namespaced });
  api.store.types.get('v1')?.push(type('nodes', 'Node', false), type('serviceaccounts', 'ServiceAccount', true));
  const programs = installPrograms(folder, { api: api.url, images: [nodeImage, 'local/image:1'] });
  // Of a process that is no more, so that what it left can be asked for.
  const journal = openJournal(join(folder, 'state'), { id: runId, pid: 2 ** 22 + 1 });
  const lines: string[] = [];
  const put = (key: string, object: KubeObject): void => void api.store.objects.set(key, object);
  const bed: Bed = {
    folder,
    programs,
    api,
    lines,
    boot: (more = {}) =>
      bootCluster({
        tool: 'kind', name, directory: join(folder, 'run'), journal, log: (line) => lines.push(line), signal: new AbortController().signal, environment: programs.environment, logsDirectory: join(folder, 'logs'),
        limits: { createMs: 20_000, readyMs: 20_000 }, ...(more.tool === 'minikube' || more.kubernetesVersion !== undefined ? {} : { nodeImage }), ...more,
      }),
    async left() {
      journal.close();
      return (await openRuns(join(folder, 'state'))).flatMap(({ made }) => made);
    },
    setNode: (ready, message = 'kubelet is posting ready status') => put('v1/nodes/node', { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node' }, status: { conditions: [{ type: 'Ready', status: ready ? 'True' : 'False', message }] } }),
    setDns: (availableReplicas) => put('apps/v1/deployments/kube-system/coredns', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'coredns', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }, status: { availableReplicas } }),
    async close() {
      journal.close();
      await api.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  put('v1/serviceaccounts/default/default', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'default' } });
  bed.setNode(true);
  bed.setDns(1);
  return bed;
}

/** The error that a promise ends in. */
export async function failureOf(promise: Promise<unknown>): Promise<ConformanceError> {
  const error = await promise.then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof ConformanceError)) throw new Error(`not a ConformanceError: ${String(error)}`, { cause: error });
  return error;
}

/** Waits until something holds. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}
