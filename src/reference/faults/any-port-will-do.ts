import type { Fault } from './fault.ts';

export const anyPortWillDo: Fault = {
  name: 'any-port-will-do',
  row: '+',
  title: 'A backend that lacks the port of the root is called at another of its ports',
  seam: 'endpoints',
  kills: ['traffic-split/port-mismatch-excluded'],
  mayAffect: ['traffic-split/port-mismatch-event'],
  apply: (decisions) => ({
    ...decisions,
    portOf: (service, called) => decisions.portOf(service, called) ?? service.ports.find(({ transport }) => transport === called.transport),
  }),
};
