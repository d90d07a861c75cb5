import type { Fault } from './fault.ts';

export const permissionBothWays: Fault = {
  name: 'permission-both-ways',
  row: '9',
  title: 'A destination may call its sources back',
  seam: 'authorise',
  kills: ['traffic-access/direction-one-way'],
  mayAffect: [],
  apply: (decisions) => ({
    ...decisions,
    grants: (targets, layers) => decisions.grants(targets, layers).flatMap((grant) => [
      grant,
      ...grant.sources.map((source) => ({ ...grant, destination: source, sources: [grant.destination] })),
    ]),
  }),
};
