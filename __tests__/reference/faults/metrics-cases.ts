import { type Bed, type Body, countsOf, edgesOf, latencyOf } from '../metrics/bed.ts';

/** What a right and a wrong metrics API make of the usual traffic. */
export interface MetricsCase {
  look: (bed: Bed) => unknown;
  right: unknown;
  wrong: unknown;
}

const ns = '/namespaces/ns';
const counts = (...paths: string[]) => (bed: Bed): string[] => paths.map((path) => countsOf(bed.get(path).body));
const item = (path: string) => (bed: Bed): Body => bed.get(path).body;
const edges = (name: string) => (bed: Bed): string[] => edgesOf(bed.get(`${ns}/deployments/${name}/edges`).body);
const names = (path: string) => (bed: Bed): unknown[] => (bed.get(path).body.items ?? []).map(({ resource }) => resource?.name);
const split = (bed: Bed): Body[] => bed.get(`${ns}/trafficsplits/web`).body.items ?? [];
const back = `${ns}/deployments/back`;
const reader = 'system:serviceaccount:ns:reader';
const sides = ({ items = [] }: Body): unknown[] => items.map(({ edge }) => [edge?.direction, edge?.side]);
const readings = (bed: Bed): (string | undefined)[] => [0, 1].map(() => {
  bed.pass(5);
  return bed.get(back).body.timestamp;
});
const allEdges = ['from front 80/20', 'from front2 20/0', 'to leaf 50/0'];

/** Of the faults of the metrics API. */
export const metricsCases: Record<string, MetricsCase> = {
  'metrics-unavailable': { look: ({ get }) => [get('').status, get(back).status], right: [200, 200], wrong: [503, 503] },
  'metrics-not-to-be-listed': { look: ({ get }) => get('').body.resources?.every(({ verbs }) => verbs.includes('list')), right: true, wrong: false },
  'metrics-of-pods-only': { look: ({ get, api }) => [api.served().length, get(back).status, get(`${ns}/pods/back-1`).status], right: [11, 200, 200], wrong: [1, 404, 200] },
  'metrics-nodes-in-namespaces': { look: ({ get }) => get('').body.resources?.filter(({ namespaced }) => !namespaced).map(({ name }) => name).sort(), right: ['namespaces', 'nodes'], wrong: ['namespaces'] },
  'metrics-for-everybody': { look: ({ get }) => [get(`${ns}/pods/back-1`, reader).status, get(back, reader).status], right: [200, 403], wrong: [200, 200] },
  'metrics-edges-with-pods': { look: ({ get }) => [get(`${ns}/pods/back-1/edges`, reader).status, get(back, reader).status], right: [403, 403], wrong: [200, 403] },
  'metrics-without-window': { look: (bed) => item(back)(bed).window, right: '1s', wrong: undefined },
  'metrics-of-another': { look: (bed) => [item(`${ns}/pods/back-1`)(bed).resource?.name, item(back)(bed).resource?.name], right: ['back-1', 'back'], wrong: ['back-1-0', 'back'] },
  'metrics-without-p90': { look: (bed) => latencyOf(item(back)(bed)).length, right: 3, wrong: 2 },
  'metrics-clock-stopped': { look: readings, right: ['2026-11-21T10:00:00.005Z', '2026-11-21T10:00:00.010Z'], wrong: ['2026-11-21T10:00:00.005Z', '2026-11-21T10:00:00.005Z'] },
  'metrics-both-ways': { look: counts(back, `${ns}/deployments/leaf`), right: ['100/20', '50/0'], wrong: ['150/20', '50/0'] },
  'metrics-of-one-caller': { look: counts(back, `${ns}/deployments/leaf`), right: ['100/20', '50/0'], wrong: ['20/0', '50/0'] },
  'metrics-pods-alike': { look: counts(`${ns}/pods/idle-1`, back), right: ['0/0', '100/20'], wrong: ['315/20', '100/20'] },
  'metrics-namespaces-empty': { look: counts(ns, back), right: ['315/20', '100/20'], wrong: ['0/0', '100/20'] },
  'metrics-deployments-only': { look: counts(`${ns}/statefulsets/set`, back), right: ['5/0', '100/20'], wrong: ['0/0', '100/20'] },
  'metrics-services-empty': { look: counts(`${ns}/services/back`, back), right: ['100/20', '100/20'], wrong: ['0/0', '100/20'] },
  'metrics-nodes-empty': { look: counts('/nodes/embedded', back), right: ['315/20', '100/20'], wrong: ['0/0', '100/20'] },
  'metrics-of-nothing': { look: ({ get }) => [get(`${ns}/pods/none`).status, get('/widgets').status], right: [404, 404], wrong: [200, 200] },
  'metrics-lists-repeat': { look: names(`${ns}/deployments?labelSelector=tier%3Dback`), right: ['back'], wrong: ['back', 'back'] },
  'metrics-lists-one-namespace': { look: names('/deployments'), right: ['far', 'front', 'front2', 'back', 'leaf', 'idle'], wrong: ['far'] },
  'metrics-selector-ignored': { look: names(`${ns}/deployments?labelSelector=tier%3Dback`), right: ['back'], wrong: ['front', 'front2', 'back', 'leaf', 'idle'] },
  'metrics-selector-untold': { look: (bed) => item(`${ns}/deployments?labelSelector=tier%3Dback`)(bed).selector, right: { matchLabels: { tier: 'back' } }, wrong: undefined },
  'metrics-without-edges': { look: ({ get }) => [get(`${back}/edges`).status, get(back).status], right: [200, 200], wrong: [404, 200] },
  'metrics-edges-reversed': { look: (bed) => [...edges('back')(bed), item(back)(bed).edge?.direction], right: [...allEdges, 'from'], wrong: ['from leaf 50/0', 'to front 80/20', 'to front2 20/0', 'from'] },
  'metrics-sides-swapped': { look: (bed) => sides(item(`${back}/edges`)(bed)), right: [['from', 'server'], ['from', 'server'], ['to', 'client']], wrong: [['from', 'client'], ['from', 'client'], ['to', 'server']] },
  'metrics-edges-assumed': { look: (bed) => edges('idle')(bed).length, right: 0, wrong: 12 },
  'metrics-edges-show-total': { look: edges('back'), right: allEdges, wrong: ['from front 100/20', 'from front2 100/20', 'to leaf 50/0'] },
  'metrics-counted-twice': { look: counts(back), right: ['100/20'], wrong: ['200/40'] },
  'metrics-failures-succeed': { look: counts(back), right: ['100/20'], wrong: ['120/0'] },
  'metrics-percentiles-swapped': { look: (bed) => latencyOf(item(back)(bed)), right: ['10m', '12m', '1000m'], wrong: ['1000m', '12m', '10m'] },
  'metrics-percentiles-are-means': { look: (bed) => latencyOf(item(back)(bed)), right: ['10m', '12m', '1000m'], wrong: ['43m', '43m', '43m'] },
  'metrics-unit-wrong': { look: (bed) => latencyOf(item(back)(bed)), right: ['10m', '12m', '1000m'], wrong: ['10', '12', '1000'] },
  'metrics-of-one-pod': { look: counts(back, `${ns}/pods/back-1`, `${ns}/pods/back-2`), right: ['100/20', '64/0', '36/20'], wrong: ['64/0', '64/0', '36/20'] },
  'metrics-of-one-workload': { look: counts(ns, back), right: ['315/20', '100/20'], wrong: ['85/0', '100/20'] },
  'metrics-cumulative': {
    look(bed) {
      bed.pass(5_000);
      return counts(back)(bed);
    },
    right: ['0/0'], wrong: ['100/20'],
  },
  'metrics-sent-uncounted': { look: edges('back'), right: allEdges, wrong: ['from front 80/20', 'from front2 20/0', 'to leaf 0/0'] },
  'metrics-split-unseen': { look: (bed) => split(bed).map(({ backend }) => backend?.name), right: ['web-v1', 'web-v2'], wrong: [undefined] },
  'metrics-split-past-root': { look: (bed) => split(bed).map(countsOf), right: ['75/0', '25/0'], wrong: ['75/0', '85/0'] },
  'metrics-split-without-edge': { look: (bed) => [split(bed)[0]?.edge?.side, item(back)(bed).edge?.side], right: ['client', 'server'], wrong: [undefined, 'server'] },
};
