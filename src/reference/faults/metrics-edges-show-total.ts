import type { Fault } from './fault.ts';
import { podKey } from '../metrics/index.ts';

export const metricsEdgesShowTotal: Fault = {
  name: 'metrics-edges-show-total',
  row: '+',
  title: 'Each edge shows all the traffic of its resource',
  seam: 'metrics',
  kills: ['traffic-metrics/edge-scoped-numbers'],
  mayAffect: ['traffic-metrics/two-way-consistency'],
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, between: (exchanges, isMine, _isPeer, direction) => exchanges.filter(({ caller, destination }) => isMine(podKey(direction === 'to' ? caller : destination))) } }),
};
