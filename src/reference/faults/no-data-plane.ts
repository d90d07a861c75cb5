import type { Fault } from './fault.ts';
import { behindAccess, behindMetrics, behindPath, behindSplit, except } from './reach.ts';

const kills = ['traffic-access/default-deny', 'traffic-access/unlisted-source-denied', 'traffic-split/all-to-first', 'traffic-metrics/object-shape'];

/** No pod gets side proxies, so that every connection goes its plain way. */
export const noDataPlane: Fault = {
  name: 'no-data-plane',
  row: '1',
  title: 'The API types are there, and no data plane acts on them',
  seam: 'enrolment',
  kills,
  mayAffect: ['traffic-access/allow-listed-source', 'traffic-specs/path-selects', ...except([...behindAccess, ...behindPath, ...behindSplit, ...behindMetrics], kills)],
  apply: (decisions) => ({ ...decisions, joins: () => false }),
};
