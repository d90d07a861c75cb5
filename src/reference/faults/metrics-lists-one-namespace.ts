import type { Fault } from './fault.ts';

export const metricsListsOneNamespace: Fault = {
  name: 'metrics-lists-one-namespace',
  row: '+',
  title: 'A list of all namespaces is of the first one',
  seam: 'metrics',
  kills: ['traffic-metrics/list-all-namespaces'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, held: (resources, namespace) => (namespace === undefined ? resources.filter((one) => one.namespace === resources[0]?.namespace) : resources) } }),
};
