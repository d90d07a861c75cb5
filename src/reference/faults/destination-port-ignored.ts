import type { Fault } from './fault.ts';

export const destinationPortIgnored: Fault = {
  name: 'destination-port-ignored',
  row: '18',
  title: 'The port of a destination restricts nothing',
  seam: 'authorise',
  served: { access: ['v1alpha2'], specs: ['v1alpha3'], split: ['v1alpha2'] },
  kills: ['traffic-access/destination-port'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, passage: ({ port: _port, ...grant }, call, listed) => decisions.passage(grant, call, listed) }),
};
