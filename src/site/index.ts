export { buildSite, type SiteFigures, type SiteOptions } from './build-site.ts';
export { knownFailures, readKnownFailures, type KnownFailure, type KnownFailures } from './known-failures.ts';
export type { Provenance, Verifier } from './provenance.ts';
export { type PlainTrust, verifierOf } from './trust.ts';
