import type { Fault } from './fault.ts';

export const subjectKindIgnored: Fault = {
  name: 'subject-kind-ignored',
  row: '+',
  title: 'A subject is an account of its name, whatever kind it says',
  seam: 'identity',
  kills: ['traffic-access/unknown-subject-kind-inert'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, names: (subject, peer, end, binding) => decisions.names({ ...subject, kind: 'ServiceAccount' }, peer, end, binding) }),
};
