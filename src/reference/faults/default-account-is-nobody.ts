import type { Fault } from './fault.ts';

export const defaultAccountIsNobody: Fault = {
  name: 'default-account-is-nobody',
  row: '+',
  title: 'The account called default is no identity',
  seam: 'identity',
  kills: ['traffic-access/default-serviceaccount'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, names: (subject, peer, end, binding) => subject.name !== 'default' && decisions.names(subject, peer, end, binding) }),
};
