import type { PodFacts } from '../contract.ts';
import type { Fault } from './fault.ts';

export const ratioAcrossClients: Fault = {
  name: 'ratio-across-clients',
  row: '46',
  title: 'The ratio holds across the clients of a namespace, of which each keeps to one backend',
  seam: 'balance',
  kills: ['traffic-split/per-client'],
  mayAffect: ['traffic-split/access-split-allowed', 'traffic-split/access-split-per-backend'],
  apply(decisions) {
    const known = new Map<string, PodFacts[]>();
    return {
      ...decisions,
      balance(shares, draw, caller) {
        const clients = known.get(caller.namespace) ?? [];
        if (!clients.includes(caller)) known.set(caller.namespace, [...clients, caller]);
        // A client that is alone has the whole ratio to itself.
        return clients.length < 2 ? decisions.balance(shares, draw, caller) : decisions.balance(shares, (clients.indexOf(caller) + 0.5) / clients.length, caller);
      },
    };
  },
};
