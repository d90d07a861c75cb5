import type { Fault } from './fault.ts';

export const nodeportNoBackend: Fault = {
  name: 'nodeport-no-backend',
  row: '+',
  title: 'A Service of another type than ClusterIP is no backend',
  seam: 'endpoints',
  kills: ['traffic-split/service-types'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, portOf: (service, called) => (service.type === 'ClusterIP' || called.name === undefined || service.ports.some((own) => own === called) ? decisions.portOf(service, called) : undefined) }),
};
