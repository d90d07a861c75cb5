import type { DataPlane, Endpoint, RequestHead } from '../dataplane/index.ts';
import type { TrafficLog } from '../metrics/index.ts';
import { applicationAt } from './attached-pod.ts';
import type { Application, AttachedPod } from './attached-pod.ts';
import type { Flow } from './flows.ts';

/** What side proxies need of the network. */
export interface Fabric {
  plane: DataPlane;
  podNamed: (namespace: string, name: string) => AttachedPod | undefined;
  /** Keeps what was seen of a request that reached an application. */
  saw: TrafficLog['add'];
}

/** Where a connection or request ends: at an application, or why it is kept from one. */
export type Ruling =
  | { is: 'delivered'; application: Application; to: AttachedPod; split?: Endpoint['split'] }
  /** The destination's side proxy has to read requests before it can say; the pod is chosen. */
  | { is: 'by request'; flow: Flow }
  | { is: 'denied' }
  | { is: 'nowhere' };

/** First the caller's side chooses the pod, then the destination's decides whether the caller may. */
export function rule({ plane, podNamed }: Fabric, flow: Flow, request?: RequestHead): Ruling {
  const { caller, to } = flow;
  const endpoint = 'pod' in to ? undefined : plane.route(to.service, to.called, { caller: caller.facts, host: to.host, ...(request !== undefined && { request }) });
  const pod = 'pod' in to ? to.pod : endpoint && podNamed(endpoint.namespace, endpoint.name);
  const port = 'pod' in to ? to.port : endpoint?.port;
  if (pod === undefined || port === undefined) return { is: 'nowhere' };
  if (pod.facts.meshed) {
    const direct = 'pod' in to && to.chosen !== true;
    const passage = plane.passage(caller.facts, pod.facts, { transport: 'tcp', port, ...(direct && { direct }), ...(request?.http2 === true && { http2: true }) }, request);
    if (passage === 'closed') return { is: 'denied' };
    if (passage !== 'open') {
      if (request === undefined) return { is: 'by request', flow: { ...flow, to: { pod, port, ...(!direct && { chosen: true }) } } };
      if (!plane.takes(passage, request)) return { is: 'denied' };
    }
  }
  const application = applicationAt(pod, port);
  return application === undefined ? { is: 'nowhere' } : { is: 'delivered', application, to: pod, ...(endpoint?.split !== undefined && { split: endpoint.split }) };
}
