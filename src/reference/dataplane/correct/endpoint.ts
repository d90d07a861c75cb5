import type { EndpointDecisions } from '../decisions.ts';

/** As Kubernetes does: a Service means the ready pods that its selector picks, each call to any of them alike. */
export const endpointDecisions: EndpointDecisions = {
  endpoints({ namespace, selector }, pods) {
    const wanted = Object.entries(selector);
    // A Service without a selector has no endpoints of its own making.
    if (wanted.length === 0) return [];
    return pods.filter((pod) => pod.ready && pod.namespace === namespace && wanted.every(([key, value]) => pod.labels[key] === value));
  },
  // By number: names may differ between a root and its backends.
  portOf: (service, { port, transport }) => service.ports.find((one) => one.port === port && one.transport === transport),
  targetPort: (own) => own.targetPort,
  choose: (count, draw) => Math.floor(draw * count),
};
