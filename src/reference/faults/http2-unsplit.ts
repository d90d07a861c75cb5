import type { Fault } from './fault.ts';

export const http2Unsplit: Fault = {
  name: 'http2-unsplit',
  row: '+',
  title: 'Requests over HTTP/2 go to the root as if there were no split',
  seam: 'split',
  kills: ['traffic-split/http2-split'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, applies: (split, taken, origin) => origin.request?.http2 !== true && decisions.applies(split, taken, origin) }),
};
