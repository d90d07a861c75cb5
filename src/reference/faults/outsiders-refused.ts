import type { Fault } from './fault.ts';

export const outsidersRefused: Fault = {
  name: 'outsiders-refused',
  row: '+',
  title: 'Whoever is not part of the mesh is refused, although there is no access control',
  seam: 'authorise',
  served: { access: [] },
  kills: ['traffic-split/unmeshed-client-plain'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, authorise: (passages, call, caller) => (caller === undefined ? 'closed' : decisions.authorise(passages, call, caller)) }),
};
