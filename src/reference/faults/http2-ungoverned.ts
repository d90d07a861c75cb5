import type { Fault } from './fault.ts';

export const http2Ungoverned: Fault = {
  name: 'http2-ungoverned',
  row: '32',
  title: 'Requests over HTTP/2 pass whoever sends them',
  seam: 'authorise',
  kills: ['traffic-specs/http2', 'traffic-specs/grpc-by-path'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, authorise: (passages, call, ...more) => (call.http2 === true ? 'open' : decisions.authorise(passages, call, ...more)) }),
};
