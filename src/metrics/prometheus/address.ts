import type { Cluster } from '../../cluster/port.ts';
import { ConformanceError } from '../../model/errors.ts';
import type { PrometheusAddress } from './client.ts';

/** A Prometheus from which a run is to read metrics. */
export interface PrometheusWish {
  /** A URL, or a Service of the cluster as `namespace/name:port`. */
  where: string;
  /** The run has just installed it, so it is given time to begin. */
  installed?: true;
}

/** The input by which a user asked for it. */
export function inputOf({ installed }: PrometheusWish): string {
  return installed === true ? 'prometheus: install' : 'prometheus_url';
}

/**
 * Where Prometheus is, as its user says it: a URL, or `namespace/service:port` of the cluster, which is reached by a port-forward to one of its
 * pods. Rejects with BAD_INPUT.
 */
export async function addressOf(wish: PrometheusWish, cluster: Pick<Cluster, 'get' | 'list' | 'forward'>): Promise<PrometheusAddress> {
  const { where: text } = wish;
  const [, namespace, service, port] = /^([a-z0-9-]+)\/([a-z0-9.-]+):(\d{1,5})$/.exec(text) ?? [];
  if (namespace !== undefined && service !== undefined) return inCluster(namespace, service, Number(port), cluster, inputOf(wish));
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new ConformanceError('BAD_INPUT', `${inputOf(wish)}: ${JSON.stringify(text)} is neither a URL (http://prometheus:9090) nor a Service of the cluster (osm-system/osm-prometheus:7070)`);
  }
  return { url: url.href, name: `Prometheus at ${url.origin}` };
}

async function inCluster(namespace: string, service: string, port: number, cluster: Pick<Cluster, 'get' | 'list' | 'forward'>, input: string): Promise<PrometheusAddress> {
  const where = `the Service ${namespace}/${service}`;
  const object = await cluster.get({ apiVersion: 'v1', kind: 'Service', namespace, name: service });
  if (object === undefined) throw new ConformanceError('BAD_INPUT', `${input}: there is no Service ${namespace}/${service}`);
  const { selector = {}, ports = [] } = (object['spec'] ?? {}) as { selector?: Record<string, string>; ports?: { port: number; targetPort?: number | string }[] };
  const found = ports.find((one) => one.port === port);
  if (found === undefined) throw new ConformanceError('BAD_INPUT', `${input}: ${where} has no port ${port} (it has ${ports.map((one) => one.port).join(', ')})`);
  return {
    url: `http://${service}.${namespace}:${port}`,
    name: `Prometheus of ${where}`,
    async connect() {
      const pods = await cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace, labels: selector });
      const pod = pods.find(({ status }) => (status as { phase?: string } | undefined)?.phase === 'Running');
      if (pod === undefined) throw new ConformanceError('API', `no pod of ${where} runs`);
      return cluster.forward({ namespace, name: pod.metadata.name }, portNumber(found.targetPort ?? port, pod['spec'], port));
    },
  };
}

/** The number of a port that may go by its name in the pod. */
function portNumber(target: number | string, spec: unknown, otherwise: number): number {
  if (typeof target === 'number') return target;
  const { containers = [] } = (spec ?? {}) as { containers?: { ports?: { name?: string; containerPort: number }[] }[] };
  return containers.flatMap(({ ports = [] }) => ports).find(({ name }) => name === target)?.containerPort ?? otherwise;
}
