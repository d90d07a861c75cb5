import type { Fault } from './fault.ts';

export const rulesFlattened: Fault = {
  name: 'rules-flattened',
  row: '13',
  title: 'The rules of a TrafficTarget are alternatives whatever their kind',
  seam: 'authorise',
  kills: ['traffic-access/l7-still-restricts-with-tcproute', 'traffic-access/tcproute-limits-http-port'],
  mayAffect: ['traffic-specs/same-name-different-kind'],
  apply: (decisions) => ({
    ...decisions,
    passage(grant, call, listed) {
      if (call.transport === 'tcp' && listed.tcp === true) return 'open';
      const { tcp, ...others } = grant;
      return tcp !== undefined && grant.http !== undefined ? decisions.passage(others, call, {}) : decisions.passage(grant, call, listed);
    },
  }),
};
