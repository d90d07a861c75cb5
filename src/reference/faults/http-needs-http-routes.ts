import type { Fault } from './fault.ts';

/** As in a mesh that builds the rules of a port by what its Service declares; 8080 is the port for HTTP wherever the suite has one. */
export const httpNeedsHttpRoutes: Fault = {
  name: 'http-needs-http-routes',
  row: '+',
  title: 'A TCPRoute alone does not cover a port for HTTP',
  seam: 'authorise',
  kills: ['traffic-access/tcproute-covers-http'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, passage: (grant, call, listed) => (grant.http === undefined && grant.tcp !== undefined && call.port === 8080 ? 'closed' : decisions.passage(grant, call, listed)) }),
};
