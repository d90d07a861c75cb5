import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import type { Report } from '../../src/model/report.ts';
import { type Sample, type StandInPrometheus, startPrometheus } from '../stand-ins/prometheus.ts';
import { useProgram } from './program.ts';

jest.setTimeout(120_000);

const { cli } = useProgram();

/** The reference mesh as one that keeps its metrics in Prometheus. */
const definition = `extends: reference
claims:
  traffic-access: { versions: [v1alpha3], kinds: [TrafficTarget] }
  traffic-specs: { versions: [v1alpha4], kinds: [HTTPRouteGroup, TCPRoute] }
metrics:
  prometheus:
    window: 1s
    latencyUnit: s
    queries:
      success: sum by ($by) (increase(requests_total{ok="yes",$selector}[$window]))
      failure: sum by ($by) (increase(requests_total{ok="no",$selector}[$window]))
      latency: histogram_quantile($quantile, sum by (le, $by) (rate(duration_seconds_bucket{$selector}[$window])))
    received:
      resources:
        pods: { namespace: namespace, name: pod }
`;

/** Every pod that is asked about has had so many requests. */
const having = (requests: number) => (query: string): Sample[] => {
  const [, namespace = '', pod = ''] = /namespace="([^"]+)",pod="([^"]+)"/.exec(query) ?? [];
  const value = query.startsWith('histogram') ? 0.01 : query.includes('ok="yes"') ? requests : 0;
  return [{ metric: { namespace, pod }, value }];
};

async function runWith(prometheus: StandInPrometheus): Promise<{ status: number | null; stderr: string; report: Report }> {
  await writeFile(join(cli.folder, 'own.yaml'), definition);
  const { status, stderr } = await cli.run('run', '--cluster', 'embedded', '--mesh-definition', 'own.yaml', '--smi-versions', 'metrics=none', '--prometheus-url', prometheus.url, '--only', 'traffic-metrics/object-shape,traffic-metrics/edge-to,traffic-metrics/apiservice-available');
  return { status, stderr, report: JSON.parse(await readFile(join(cli.folder, 'results/report.json'), 'utf8')) as Report };
}

const verdicts = ({ assertions }: Report): Record<string, string> => Object.fromEntries(assertions.map(({ id, verdict }) => [id.slice('traffic-metrics/'.length), verdict]));

test('metrics are read from the Prometheus that is named, and the report says so', async () => {
  const prometheus = await startPrometheus(having(40));
  try {
    const { status, stderr, report } = await runWith(prometheus);
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(report.metricsSource).toBe(`Prometheus at ${prometheus.url}`);
    expect(verdicts(report)).toEqual({ 'object-shape': 'pass', 'edge-to': 'skip', 'apiservice-available': 'skip' });
    expect(report.offered['traffic-metrics']).toEqual({ versions: ['v1alpha1'], kinds: ['pods'], without: ['TrafficMetrics.api', 'TrafficMetrics.edges'] });
    expect(report.specifications.find(({ specification }) => specification === 'traffic-metrics')).toMatchObject({ capability: 'partial' });
    expect(prometheus.queries.some((query) => /^sum by \(namespace, pod\) \(increase\(requests_total\{ok="yes",namespace="smi-[^"]+",pod="back-[^"]+"\}\[1s\]\)\)$/.test(query))).toBe(true);
  } finally {
    await prometheus.close();
  }
});

test('a Prometheus that has seen no requests fails the mesh', async () => {
  const prometheus = await startPrometheus(having(0));
  try {
    const { status, report } = await runWith(prometheus);
    expect([status, verdicts(report)['object-shape']]).toEqual([1, 'fail']);
  } finally {
    await prometheus.close();
  }
});

test('where the mesh has the API it is read there, and that is said', async () => {
  const { status, stderr } = await cli.run('run', '--cluster', 'embedded', '--prometheus-url', 'http://127.0.0.1:1', '--only', 'traffic-metrics/apiservice-available');
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining('prometheus_url is not used: the cluster serves the metrics API of Reference mesh') });
});

test('one that does not answer is told before anything runs', async () => {
  const { status, stderr } = await cli.run('run', '--cluster', 'embedded', '--mesh-definition', 'own.yaml', '--smi-versions', 'metrics=none', '--prometheus-url', 'http://user:secret@127.0.0.1:1', '--only', 'traffic-metrics/object-shape');
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(/BAD_INPUT: prometheus_url: .*does not answer/) });
  expect(stderr).not.toContain('secret');
  expect(stderr).not.toContain('building the lanes');
});
