import { isSmiKind, type Specification, specificationOf, type Version } from '../../model/specification.ts';
import { choosePartners, kindVersions, render, specificationVersions, textDialect } from '../../smi/index.ts';
import { features, metricsFeatures } from '../features.ts';
import { follow, stepsWhere, type Written } from '../follow.ts';
import { type Flaw, homeNamespace, listed, type Rule, type Subject, withoutRepeats } from './rule.ts';

/** Every version that is listed exists and can say what the steps write, and what a mesh may lack is named where it is used. */
export const expressible: Rule = (subject) => {
  const { assertion } = subject;
  const { specification, versions, levels = {} } = assertion.requirement;
  const existing = specificationVersions[specification];
  return withoutRepeats([
    ...versions.flatMap((version, at) => (existing.includes(version) ? inexpressible(subject, version) : [{ pointer: `/requirement/versions/${at}`, message: `there is no ${specification} ${version} (there are ${listed(existing)})` }])),
    ...Object.keys(levels).flatMap((version) => (versions.includes(version as Version) ? [] : [{ pointer: `/requirement/levels/${version}`, message: `${version} is not among the versions of the requirement` }])),
    ...undeclared(subject),
  ]);
};

function inexpressible(subject: Subject, version: Version): Flaw[] {
  const { assertion } = subject;
  const { specification } = assertion.requirement;
  const chosen = choosePartners(specification, version, everything);
  const isOffered = (name: string): boolean => {
    if (isSmiKind(name)) return kindVersions[name].includes(chosen[specificationOf[name]] ?? 'v1alpha1');
    if (metricsFeatures.includes(name)) return true;
    const feature = features[name];
    return feature !== undefined && (chosen[specificationOf[feature.kind]] ?? '') >= feature.since;
  };
  // The plan leaves the version out by itself.
  if (!(assertion.needs ?? []).every(isOffered)) return [];
  return follow(stepsWhere(assertion.steps, isOffered), homeNamespace(subject)).flatMap(({ index, step, writes }) => {
    const definition = 'observe' in step && 'definition' in step.observe ? step.observe.definition : undefined;
    if (definition !== undefined && !kindVersions[definition].includes(version)) return [{ pointer: `/steps/${index}/observe/definition`, message: `${specification} ${version} is listed, and there is no ${definition} in it` }];
    return writes.flatMap((written) => renderFlaws(written, chosen, `${specification} ${version}`));
  });
}

function renderFlaws({ resource, pointer }: Written, chosen: Partial<Record<Specification, Version>>, tested: string): Flaw[] {
  const version = chosen[specificationOf[resource.kind]];
  if (version === undefined) return [];
  const rendering = render({ ...resource, namespace: 'any' }, version, textDialect);
  if (!('cannot' in rendering)) return [];
  return [{ pointer, message: `${tested} is listed, but ${rendering.cannot}. Take the version out, or name the part in needs, or in whereOffered of the step` }];
}

/** A mesh that says what it lacks is to be skipped, not failed: so each use of such a part is declared. */
function undeclared(subject: Subject): Flaw[] {
  const { needs = [], steps } = subject.assertion;
  const all = steps.map((step, index) => ({ index, step }));
  return follow(all, homeNamespace(subject)).flatMap(({ step, writes }) =>
    writes.flatMap(({ resource, pointer }) =>
      Object.entries(features)
        .filter(([name, { kind, isUsed }]) => kind === resource.kind && isUsed(resource.spec) && !needs.includes(name) && !(step.whereOffered ?? []).includes(name))
        .map(([name]) => ({ pointer, message: `makes use of ${name}, which a mesh may lack: name it in needs, or in whereOffered of the step` })),
    ),
  );
}

const everything = Object.fromEntries(Object.entries(specificationVersions).map(([specification, versions]) => [specification, { versions }]));
