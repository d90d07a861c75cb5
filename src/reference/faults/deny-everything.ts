import type { Fault } from './fault.ts';
import { behindAccess, behindPath, behindSplit, withoutTraffic } from './reach.ts';

export const denyEverything: Fault = {
  name: 'deny-everything',
  row: '2',
  title: 'Everything is denied, whatever TrafficTargets permit',
  seam: 'authorise',
  kills: ['traffic-access/allow-listed-source'],
  mayAffect: ['traffic-specs/path-selects', 'traffic-split/root-without-split', 'traffic-split/all-to-first', ...behindAccess, ...behindPath, ...behindSplit, ...withoutTraffic],
  apply: (decisions) => ({ ...decisions, authorise: () => 'closed' }),
};
