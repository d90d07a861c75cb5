import type { KubeObject } from '../../cluster/port.ts';
import type { PodFacts, StoreView } from '../contract.ts';
import { podSpec } from './pod.ts';

/** The label of a Namespace whose pods join the reference mesh when they start. */
export const enrolment = { label: 'smi-conformance/reference-mesh', value: 'enrolled' } as const;

/** The container that shows in a pod that joined. */
export const sidecarName = 'smi-proxy';

/** What the network is told of a pod. A later change of its Namespace does not concern it, as with an injector. */
export function factsOf(pod: KubeObject, view: StoreView): PodFacts {
  const { name, namespace = '', labels = {} } = pod.metadata;
  const home = view.get('Namespace', undefined, namespace);
  return {
    namespace,
    name,
    serviceAccount: podSpec(pod).serviceAccountName ?? 'default',
    labels: { ...labels },
    meshed: home?.metadata.labels?.[enrolment.label] === enrolment.value,
  };
}
