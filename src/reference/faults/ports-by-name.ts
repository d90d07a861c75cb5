import type { Fault } from './fault.ts';

export const portsByName: Fault = {
  name: 'ports-by-name',
  row: '+',
  title: 'Ports of root and backends are paired by their names',
  seam: 'endpoints',
  kills: ['traffic-split/port-name-differs', 'traffic-split/port-mismatch-excluded'],
  mayAffect: ['traffic-split/port-mismatch-event'],
  apply: (decisions) => ({
    ...decisions,
    portOf: (service, called) => (called.name === undefined ? decisions.portOf(service, called) : service.ports.find(({ name, transport }) => name === called.name && transport === called.transport)),
  }),
};
