import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createServer, connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Cluster, KubeObject } from '../../src/cluster/port.ts';
import { chooseMetrics } from '../../src/metrics/index.ts';
import { loadDefinitions } from '../../src/mesh/index.ts';
import type { MeshDefinition } from '../../src/model/mesh.ts';
import { type Sample, type StandInPrometheus, startPrometheus } from '../stand-ins/prometheus.ts';

const known = await loadDefinitions(join(import.meta.dirname, '../../meshes'));
const mesh = (id: string): MeshDefinition => known.find((one) => one.id === id) as MeshDefinition;
const object = (kind: string, name: string, labels: Record<string, string> = {}): KubeObject => ({ apiVersion: 'v1', kind, metadata: { name, labels, ...(kind === 'Namespace' ? {} : { namespace: 'met-1' }) } });
const objects = [object('Deployment', 'back-end', { tier: 'a' }), object('Deployment', 'front'), object('Deployment', 'idle'), object('Namespace', 'met-1')];
const cluster = {
  get: () => Promise.resolve(undefined),
  list: ({ kind, namespace, labels = {} }: Parameters<Cluster['list']>[0]) => Promise.resolve(objects.filter((one) => one.kind === kind && (namespace === undefined || one.metadata.namespace === namespace) && Object.entries(labels).every(([key, value]) => one.metadata.labels?.[key] === value))),
} as unknown as Cluster;

let prometheus: StandInPrometheus | undefined;
afterEach(async () => {
  await prometheus?.close();
  prometheus = undefined;
});

const choose = async (id: string, answer: (query: string) => Sample[] | { error: string; status?: number }) => {
  prometheus = await startPrometheus(answer);
  return chooseMetrics({ cluster, definition: mesh(id), offered: {}, prometheus: { where: prometheus.url } });
};
const service = (port: number | string): KubeObject => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'osm-prometheus' }, spec: { selector: { app: 'osm-prometheus' }, ports: [{ port }] } });
const values = (body: unknown): Record<string, string> => Object.fromEntries((body as { metrics: { name: string; value: string }[] }).metrics.map(({ name, value }) => [name, value]));
const linkerd = (query: string): Sample[] => {
  const outbound = query.includes('direction="outbound"');
  const metric = { namespace: 'met-1', deployment: outbound ? 'front' : 'back-end', ...(outbound && { dst_namespace: 'met-1', dst_deployment: 'back-end' }) };
  if (query.includes('success')) return [{ metric, value: 80.5 }];
  if (query.includes('failure')) return [{ metric, value: 20 }];
  return [{ metric, value: query.includes('0.99') ? 1000 : 12 }];
};

describe('metrics from Prometheus', () => {
  test('are offered as far as the definition has queries, without the API', async () => {
    const { source, definition, offered } = await choose('linkerd', linkerd);
    expect([source.kind, source.name]).toEqual(['prometheus', `Prometheus at ${prometheus?.url}`]);
    expect(offered['traffic-metrics']).toEqual({ versions: ['v1alpha1'], kinds: ['namespaces', 'pods', 'deployments', 'daemonsets', 'statefulsets'], without: ['TrafficMetrics.api'] });
    expect(definition.claims).toMatchObject({ 'traffic-metrics': { versions: ['v1alpha1'] }, 'traffic-split': { kinds: ['TrafficSplit'] } });
    expect(mesh('linkerd').claims).not.toHaveProperty('traffic-metrics');
  });

  test('are told in the form of the API, by one query for each number', async () => {
    const { source } = await choose('linkerd', linkerd);
    const { status, body } = await source.read({ resource: 'deployments', namespace: 'met-1', name: 'back-end' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ kind: 'TrafficMetrics', resource: { kind: 'Deployment', namespace: 'met-1', name: 'back-end' }, edge: { direction: 'from', side: 'server', resource: {} }, window: '1m' });
    expect(values(body)).toEqual({ p50_response_latency: '12', p90_response_latency: '12', p99_response_latency: '1000', success_count: '80.5', failure_count: '20' });
    expect(prometheus?.queries.slice(1).sort()).toEqual([
      'histogram_quantile(0.50, sum by (le, namespace, deployment) (rate(response_latency_ms_bucket{direction="inbound",namespace="met-1",deployment="back-end"}[1m])))',
      'histogram_quantile(0.90, sum by (le, namespace, deployment) (rate(response_latency_ms_bucket{direction="inbound",namespace="met-1",deployment="back-end"}[1m])))',
      'histogram_quantile(0.99, sum by (le, namespace, deployment) (rate(response_latency_ms_bucket{direction="inbound",namespace="met-1",deployment="back-end"}[1m])))',
      'sum by (namespace, deployment) (increase(response_total{classification="failure",direction="inbound",namespace="met-1",deployment="back-end"}[1m]))',
      'sum by (namespace, deployment) (increase(response_total{classification="success",direction="inbound",namespace="met-1",deployment="back-end"}[1m]))',
    ]);
  });

  test('have zeros for what has no series or none that is a number, and nothing for what is not there', async () => {
    const { source } = await choose('linkerd', (query) => (query.startsWith('histogram') ? [{ metric: { namespace: 'met-1', deployment: 'idle' }, value: Number.NaN }] : []));
    expect(values((await source.read({ resource: 'deployments', namespace: 'met-1', name: 'idle' })).body)).toMatchObject({ p50_response_latency: '0', success_count: '0' });
    expect((await source.read({ resource: 'deployments', namespace: 'met-1', name: 'no-such' })).status).toBe(404);
    expect((await source.read({ resource: 'jobs', namespace: 'met-1', name: 'x' })).status).toBe(404);
    expect((await source.read({ resource: 'widgets' })).status).toBe(404);
  });

  test('can be listed, and chosen by labels of the objects', async () => {
    const { source } = await choose('linkerd', linkerd);
    const names = async (labels?: Record<string, string>): Promise<unknown> => ((await source.read({ resource: 'deployments', namespace: 'met-1', ...(labels && { labels }) })).body as { items: { resource: { name: string } }[] }).items.map((item) => item.resource.name);
    expect(await names()).toEqual(['back-end', 'front', 'idle']);
    expect(await names({ tier: 'a' })).toEqual(['back-end']);
    expect((await source.read({ resource: 'deployments', labels: { tier: 'a' } })).body).toMatchObject({ kind: 'TrafficMetricsList', resource: { kind: 'Deployment' }, selector: { matchLabels: { tier: 'a' } } });
  });

  test('have edges in both directions, with those that exchanged traffic alone', async () => {
    const { source } = await choose('linkerd', linkerd);
    const edges = async (name: string): Promise<unknown> => ((await source.read({ resource: 'deployments', namespace: 'met-1', name, edges: true })).body as { items: { edge: object }[] }).items.map(({ edge }) => edge);
    const end = (name: string): object => ({ kind: 'Deployment', namespace: 'met-1', name });
    expect(await edges('front')).toEqual([{ direction: 'to', side: 'client', resource: end('back-end') }]);
    expect(await edges('back-end')).toEqual([{ direction: 'from', side: 'server', resource: end('front') }]);
    expect(await edges('idle')).toEqual([]);
  });

  test('are found where labels have underscores for hyphens, as those of Open Service Mesh', async () => {
    const { source } = await choose('osm', (query) => [{ metric: { destination_namespace: 'met_1', destination_name: 'back_end' }, value: query.includes('=~"2.."') ? 7 : 0 }]);
    expect(values((await source.read({ resource: 'deployments', namespace: 'met-1', name: 'back-end' })).body)).toMatchObject({ success_count: '7', failure_count: '0' });
    expect(prometheus?.queries).toContain('sum by (destination_namespace, destination_name) (increase(osm_request_total{response_code=~"2..",destination_kind="Deployment",destination_namespace="met_1",destination_name="back_end"}[1m]))');
  });

  test('are an error, with the query and the reason, where Prometheus refuses it', async () => {
    const { source } = await choose('linkerd', () => ({ error: 'query processing would load too many samples into memory' }));
    await expect(source.read({ resource: 'deployments', namespace: 'met-1', name: 'back-end' })).rejects.toThrow(/HTTP 422, execution\): query processing would load too many samples.*The query: /);
  });

  test('a query that is broken is refused', async () => {
    const broken = { ...mesh('linkerd') };
    broken.metrics = { prometheus: { ...(mesh('linkerd').metrics as NonNullable<MeshDefinition['metrics']>).prometheus, queries: { success: 'sum(x{$selector}', failure: 'x{$selector}', latency: 'x{$selector}' } } };
    prometheus = await startPrometheus(() => []);
    const { source } = await chooseMetrics({ cluster, definition: broken, offered: {}, prometheus: { where: prometheus.url } });
    await expect(source.read({ resource: 'deployments', namespace: 'met-1', name: 'back-end' })).rejects.toThrow('bad_data');
  });
});

describe('where metrics come from', () => {
  test('is the API where the mesh offers it, and where no Prometheus is named', async () => {
    const offer = { versions: ['v1alpha1' as const], kinds: ['pods'], without: [] };
    const chosen = await chooseMetrics({ cluster, definition: mesh('nginx-service-mesh'), offered: { 'traffic-metrics': offer }, prometheus: { where: 'http://127.0.0.1:1' } });
    expect([chosen.source.kind, chosen.offered]).toEqual(['api', { 'traffic-metrics': offer }]);
    expect(await chooseMetrics({ cluster, definition: mesh('osm'), offered: {} })).toMatchObject({ source: { kind: 'api' }, offered: {}, definition: mesh('osm') });
  });

  test.each([
    ['a mesh without queries', 'traefik-mesh', 'http://127.0.0.1:1', 'has no queries for it'],
    ['no address', 'osm', 'prometheus', 'neither a URL'],
    ['another protocol', 'osm', 'file:///etc/passwd', 'neither a URL'],
    ['nobody there', 'osm', 'http://127.0.0.1:1', 'does not answer'],
    ['a Service that is not there', 'osm', 'osm-system/osm-prometheus:7070', 'there is no Service osm-system/osm-prometheus'],
  ])('is refused for %s', async (_what, id, where, message) => {
    await expect(chooseMetrics({ cluster, definition: mesh(id), offered: {}, prometheus: { where } })).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining(message) });
  });

  test('may be a Prometheus that the run has installed: it is given time to begin', async () => {
    prometheus = await startPrometheus(() => []);
    const port = Number(new URL(prometheus.url).port);
    let asked = 0;
    const beginning = {
      ...cluster,
      get: () => Promise.resolve(service(7070)),
      list: () => Promise.resolve([{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'osm-prometheus-1' }, status: { phase: 'Running' } }]),
      forward: () => (++asked < 4 ? Promise.reject(new Error('connection refused')) : Promise.resolve(connect(port, '127.0.0.1'))),
    } as unknown as Cluster;
    const where = 'osm-system/osm-prometheus:7070';
    await expect(chooseMetrics({ cluster: beginning, definition: mesh('osm'), offered: {}, prometheus: { where } })).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('prometheus_url: metrics cannot be read from Prometheus of the Service osm-system/osm-prometheus: it cannot be reached: connection refused') });
    expect(asked).toBe(1);
    const { source } = await chooseMetrics({ cluster: beginning, definition: mesh('osm'), offered: {}, prometheus: { where, installed: true } });
    expect([asked, source.name]).toEqual([4, 'Prometheus of the Service osm-system/osm-prometheus']);
  });

  test('is not awaited for ever, nor after a cancel', async () => {
    const never = { ...cluster, get: () => Promise.resolve(service(7070)), list: () => Promise.resolve([]) } as unknown as Cluster;
    const wish = { cluster: never, definition: mesh('osm'), offered: {}, prometheus: { where: 'osm-system/osm-prometheus:7070', installed: true as const } };
    await expect(chooseMetrics({ ...wish, signal: AbortSignal.abort('SIGTERM') })).rejects.toMatchObject({ code: 'CANCELLED' });
    const clock = jest.spyOn(performance, 'now').mockReturnValueOnce(0).mockReturnValue(61_000);
    try {
      await expect(chooseMetrics(wish)).rejects.toMatchObject({ code: 'POD_NOT_READY', message: expect.stringMatching(/^prometheus: install: .*no pod of the Service osm-system\/osm-prometheus runs, 60 s after it was installed/) });
    } finally {
      clock.mockRestore();
    }
  });

  test('that was installed is said to be missing by the input that asked for it', async () => {
    const other = { ...cluster, get: () => Promise.resolve(service(9090)) } as unknown as Cluster;
    const wish = { definition: mesh('osm'), offered: {}, prometheus: { where: 'osm-system/osm-prometheus:7070', installed: true as const } };
    await expect(chooseMetrics({ ...wish, cluster })).rejects.toThrow('prometheus: install: there is no Service osm-system/osm-prometheus');
    await expect(chooseMetrics({ ...wish, cluster: other })).rejects.toThrow('prometheus: install: the Service osm-system/osm-prometheus has no port 7070 (it has 9090)');
  });

  test('has what is scraped bear the marks that Prometheus goes by', async () => {
    const { definition } = await choose('osm', () => []);
    expect(definition.enrolment).toEqual({ ...mesh('osm').enrolment, namespace: { labels: { 'openservicemesh.io/monitored-by': 'osm' }, annotations: { 'openservicemesh.io/sidecar-injection': 'enabled', 'openservicemesh.io/metrics': 'enabled' } } });
    expect((await chooseMetrics({ cluster, definition: mesh('osm'), offered: {} })).definition.enrolment).toEqual(mesh('osm').enrolment);
    await prometheus?.close();
    expect((await choose('linkerd', linkerd)).definition.enrolment).toEqual(mesh('linkerd').enrolment);
  });

  test('is refused where something else answers', async () => {
    const other = createServer((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    try {
      await expect(chooseMetrics({ cluster, definition: mesh('osm'), offered: {}, prometheus: { where: `http://user:secret@127.0.0.1:${(other.address() as AddressInfo).port}` } })).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.not.stringContaining('secret') });
    } finally {
      other.close();
    }
  });

  test('can be a Service of the cluster, reached by a port-forward to one of its pods', async () => {
    prometheus = await startPrometheus(linkerd);
    const port = Number(new URL(prometheus.url).port);
    const forwarded: unknown[] = [];
    const inside = {
      ...cluster,
      get: () => Promise.resolve({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'prometheus' }, spec: { selector: { app: 'prometheus' }, ports: [{ port: 9090, targetPort: 'web' }] } }),
      list: (query: Parameters<Cluster['list']>[0]) => (query.kind !== 'Pod' ? cluster.list(query) : Promise.resolve([{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'prometheus-1' }, spec: { containers: [{ ports: [{ name: 'web', containerPort: 9091 }] }] }, status: { phase: 'Running' } }])),
      forward: (pod: unknown, at: number) => {
        forwarded.push([pod, at]);
        return Promise.resolve(connect(port, '127.0.0.1'));
      },
    } as unknown as Cluster;
    const { source } = await chooseMetrics({ cluster: inside, definition: mesh('linkerd'), offered: {}, prometheus: { where: 'linkerd-viz/prometheus:9090' } });
    expect(source.name).toBe('Prometheus of the Service linkerd-viz/prometheus');
    expect(values((await source.read({ resource: 'deployments', namespace: 'met-1', name: 'back-end' })).body)).toMatchObject({ success_count: '80.5' });
    expect(forwarded[0]).toEqual([{ namespace: 'linkerd-viz', name: 'prometheus-1' }, 9091]);
  });
});
