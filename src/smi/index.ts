export type { Dialect, PlacedResource, Rendering } from './form.ts';
export { textDialect } from './form.ts';
export { render } from './render.ts';
export { findDialect, type DryRun } from './dialect.ts';
export { arePartners, choosePartners, type OfferedVersions } from './partners.ts';
export { sameMeaning, sameMeaningElsewhere, type Comparison } from './same-meaning.ts';
export { apiVersionOf, definitionName, kindNames, kindVersions, specificationVersions, type KindNames } from './names.ts';
export { smiRelease } from './release.ts';
