import type { Fault } from './fault.ts';
import { behindPath, except } from './reach.ts';

const kills = ['traffic-access/route-not-listed-denied', 'traffic-specs/path-selects', 'traffic-specs/method-selects'];

export const httpRoutesIgnored: Fault = {
  name: 'http-routes-ignored',
  row: '17',
  title: 'Who is permitted any HTTP route is permitted the connection, whatever is sent on it',
  seam: 'authorise',
  kills,
  mayAffect: ['traffic-access/additive-targets', 'traffic-access/update-rules', ...except(behindPath, kills), 'traffic-access/{additive-overlap,dangling-match-denied,empty-lists-inert,l7-still-restricts-with-tcproute,rule-matches-omitted,rule-matches-subset,rules-union,tcproute-limits-http-port}'],
  apply: (decisions) => ({
    ...decisions,
    passage(grant, call, listed) {
      const passage = decisions.passage(grant, call, listed);
      return passage === 'closed' || passage.length === 0 ? 'closed' : 'open';
    },
  }),
};
