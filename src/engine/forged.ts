import type { RunContext } from './context.ts';
import type { LaneProbe } from '../fixture/lane.ts';

/** Headers by which proxies tell each other who called. Whoever believes them of a stranger takes the sender for the pod that they name. */
export function forgedHeaders({ pod, workload }: LaneProbe, { mesh }: Pick<RunContext, 'mesh'>): [string, string][] {
  const identity = `spiffe://${mesh.trustDomain ?? 'cluster.local'}/ns/${pod.namespace}/sa/${workload.serviceAccount ?? 'default'}`;
  return [
    ['X-Forwarded-For', pod.ip],
    ['X-Real-IP', pod.ip],
    ['Forwarded', `for=${pod.ip};proto=http`],
    ['X-Forwarded-Client-Cert', `By=${identity};URI=${identity}`],
  ];
}
