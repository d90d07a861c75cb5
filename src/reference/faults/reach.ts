/** What stands behind the gates of access control: nothing of it can be judged where permitted traffic does not pass, or other traffic does. */
export const behindAccess: readonly string[] = ['traffic-access/*', 'traffic-specs/{port,tcproute,udproute}-*'];

/** What stands behind the gate of HTTP routes beside. */
export const behindPath: readonly string[] = ['traffic-specs/*'];

/** What stands behind the gates of splits. */
export const behindSplit: readonly string[] = [
  'traffic-split/all-to-second', 'traffic-split/weighted-75-25', 'traffic-split/weighted-25-75', 'traffic-split/weighted-90-10', 'traffic-split/weighted-three-way',
  'traffic-split/weights-under-100', 'traffic-split/zero-among-several', 'traffic-split/port-mapping', 'traffic-split/match-header-routes',
  'traffic-split/match-nonmatching-root', 'traffic-split/delete-restores-root', 'traffic-split/weighted-50-50', 'traffic-split/weights-over-100',
  'traffic-split/single-backend', 'traffic-split/update-backend-set', 'traffic-split/backend-direct', 'traffic-split/absent-backend-zero-weight',
  'traffic-split/port-mismatch-excluded', 'traffic-split/port-name-differs', 'traffic-split/quantity-ratio', 'traffic-split/quantity-mixed-units',
  'traffic-split/match-weighted-segment', 'traffic-split/match-header-and', 'traffic-split/match-or-within-group',
  'traffic-split/match-groups-merged', 'traffic-split/match-removal', 'traffic-split/match-group-update',
  'traffic-split/per-client', 'traffic-split/cross-namespace-client', 'traffic-split/namespace-scoped', 'traffic-split/unmeshed-client-plain',
  'traffic-split/multi-port', 'traffic-split/tcp-split', 'traffic-split/access-split-allowed', 'traffic-split/access-split-does-not-grant',
  'traffic-split/bad-object-contained', 'traffic-split/replicas-do-not-skew', 'traffic-split/late-backend', 'traffic-split/backend-rollout',
  'traffic-split/port-mismatch-event', 'traffic-split/service-types', 'traffic-split/http2-split', 'traffic-split/root-name-forms',
  'traffic-split/access-split-per-backend',
  'traffic-split/absent-backend-weighted', 'traffic-split/all-weights-zero', 'traffic-split/backend-no-endpoints', 'traffic-split/convergence-time',
  'traffic-split/match-missing-group', 'traffic-split/match-path-method', 'traffic-split/nested-split', 'traffic-split/port-partial-overlap',
  'traffic-split/root-also-backend', 'traffic-split/root-cluster-ip', 'traffic-split/root-selector-disjoint', 'traffic-split/stickiness',
  'traffic-split/two-splits-one-root', 'traffic-split/update-loss',
  // What is stored is excused by what the traffic does, and in a lane that was never seen to work that is not asked.
  'traffic-split/schema-weight-negative',
];

/** What stands behind the gate of metrics. */
export const behindMetrics: readonly string[] = [
  'traffic-metrics/aggregation-deployment', 'traffic-metrics/aggregation-namespace', 'traffic-metrics/default-edge-received', 'traffic-metrics/edge-from',
  'traffic-metrics/edge-only-exchanged', 'traffic-metrics/edge-scoped-numbers', 'traffic-metrics/edge-side', 'traffic-metrics/edge-to',
  'traffic-metrics/edges-subresource', 'traffic-metrics/failure-count', 'traffic-metrics/get-namespace', 'traffic-metrics/get-node', 'traffic-metrics/get-pod',
  'traffic-metrics/get-service', 'traffic-metrics/get-workloads', 'traffic-metrics/http-scope', 'traffic-metrics/instantaneous', 'traffic-metrics/latency-order',
  'traffic-metrics/latency-separation', 'traffic-metrics/latency-unit', 'traffic-metrics/list-all-namespaces', 'traffic-metrics/list-kind',
  'traffic-metrics/list-label-selector', 'traffic-metrics/metric-names', 'traffic-metrics/selector-echoed', 'traffic-metrics/success-count',
  'traffic-metrics/timestamp-window', 'traffic-metrics/trafficsplit-counts', 'traffic-metrics/trafficsplit-edge', 'traffic-metrics/trafficsplit-items',
  'traffic-metrics/two-way-consistency', 'traffic-metrics/unknown-resource', 'traffic-metrics/rbac-scoping',
];

/** All that is read of metrics, for wrong behaviours that keep the traffic away which metrics would show. */
export const withoutTraffic: readonly string[] = ['traffic-metrics/object-shape', ...behindMetrics];

/** Those of the ids that are not among others. */
export function except(ids: readonly string[], others: readonly string[]): string[] {
  return ids.filter((id) => !others.includes(id));
}
