/** The four specifications of the Service Mesh Interface, by the names used everywhere: files, reports, outputs. */
export const specifications = ['traffic-access', 'traffic-specs', 'traffic-split', 'traffic-metrics'] as const;
export type Specification = (typeof specifications)[number];

export const versions = ['v1alpha1', 'v1alpha2', 'v1alpha3', 'v1alpha4'] as const;
/** A version of one specification's API. Versions of different specifications are unrelated numbers. */
export type Version = (typeof versions)[number];

/** The Kubernetes API group of each specification. */
export const apiGroups: Record<Specification, string> = {
  'traffic-access': 'access.smi-spec.io',
  'traffic-specs': 'specs.smi-spec.io',
  'traffic-split': 'split.smi-spec.io',
  'traffic-metrics': 'metrics.smi-spec.io',
};

export const smiKinds = ['TrafficTarget', 'IdentityBinding', 'HTTPRouteGroup', 'TCPRoute', 'UDPRoute', 'TrafficSplit'] as const;
export type SmiKind = (typeof smiKinds)[number];

export function isSmiKind(name: string): name is SmiKind {
  return smiKinds.includes(name as SmiKind);
}

/** The specification that defines each kind. */
export const specificationOf: Record<SmiKind, Specification> = {
  TrafficTarget: 'traffic-access',
  IdentityBinding: 'traffic-access',
  HTTPRouteGroup: 'traffic-specs',
  TCPRoute: 'traffic-specs',
  UDPRoute: 'traffic-specs',
  TrafficSplit: 'traffic-split',
};

export const levels = ['must', 'should', 'info', 'fixture'] as const;
/** How strongly the text backs a requirement. `fixture` is about the test bed, not the mesh; `info` is never scored. */
export type Level = (typeof levels)[number];

/** `presence`: the API exists and stores what it should. `capability`: traffic behaves as described. */
export type Kind = 'presence' | 'capability';

export const verdicts = ['pass', 'partial', 'fail', 'skip', 'inconclusive', 'error', 'info'] as const;
/**
 * `pass` as required · `partial` a reduced form that the assertion declares · `fail` against the requirement ·
 * `skip` does not apply, with the reason · `inconclusive` a gate failed · `error` the harness could not judge · `info` observed, never scored.
 */
export type Verdict = (typeof verdicts)[number];

export const protocols = ['http', 'h2c', 'tcp', 'tcp-first', 'udp'] as const;
/** What is spoken: `h2c` is HTTP/2 by prior knowledge, without TLS; with `tcp-first` the server speaks before the client does. */
export type Protocol = (typeof protocols)[number];

/** Protocols that differ only in how they are spoken are of one family: what may be called, and what a name begins with. */
export const familyOf: Record<Protocol, 'http' | 'tcp' | 'udp'> = { http: 'http', h2c: 'http', tcp: 'tcp', 'tcp-first': 'tcp', udp: 'udp' };
