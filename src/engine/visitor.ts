import type { Lane } from '../fixture/lane.ts';
import { laneLabel, runLabel } from '../fixture/names.ts';
import { type KubeObject, refOf } from '../cluster/port.ts';
import type { RunContext } from './context.ts';

const group = 'rbac.authorization.k8s.io';
let visitors = 0;

/** Has `use` read as an account of a namespace that may get just these resources of the metrics API. What was made for it is gone afterwards. */
export async function asVisitor<T>(lane: Lane, namespace: string, resources: readonly string[], context: RunContext, use: (user: string) => Promise<T>): Promise<T> {
  const name = `metrics-visitor-${(visitors += 1)}`;
  const metadata = { name, namespace, labels: { [runLabel]: context.runId, [laneLabel]: lane.name } };
  const objects: KubeObject[] = resources.length === 0 ? [] : [
    { apiVersion: `${group}/v1`, kind: 'Role', metadata, rules: [{ apiGroups: ['metrics.smi-spec.io'], resources: [...resources], verbs: ['get'] }] },
    { apiVersion: `${group}/v1`, kind: 'RoleBinding', metadata, subjects: [{ kind: 'ServiceAccount', name, namespace }], roleRef: { apiGroup: group, kind: 'Role', name } },
  ];
  try {
    for (const object of objects) await context.cluster.create(object);
    // Permissions are of the name: there need not be an account of it.
    return await use(`system:serviceaccount:${namespace}:${name}`);
  } finally {
    for (const object of objects.toReversed()) await context.cluster.delete(refOf(object));
  }
}
