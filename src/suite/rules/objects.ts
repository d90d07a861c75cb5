import { homeOf } from '../../fixture/names.ts';
import type { Named, Resource } from '../../model/assertion.ts';
import type { Fixture } from '../../model/fixture.ts';
import { fieldsOf, listOf } from '../features.ts';
import { type Followed, keyOf, type Written } from '../follow.ts';
import { unknown } from './places.ts';
import { type Flaw, homeNamespace, inEveryForm, listed, withoutRepeats } from './rule.ts';

/** Steps change and look at objects that are there, and objects speak of what the fixture and the assertion have. */
export const objects = inEveryForm((steps, subject) => {
  const { fixture } = subject;
  const home = homeNamespace(subject);
  const applied = steps.flatMap(({ step, writes }) => ('rejected' in step ? [] : writes.map(({ resource }) => resource)));
  const written = steps.flatMap(({ step, writes }) => (fixture === undefined ? [] : writes.flatMap((one) => writtenFlaws(one, 'rejected' in step || 'try' in step, applied, fixture))));
  return [...steps.flatMap((step) => orderFlaws(step, applied, home)), ...withoutRepeats(written)];
});

/** A name of something that is missing on purpose begins like this, so that it cannot be a slip. */
const missingOnPurpose = 'no-such-';

function orderFlaws({ index, step, before }: Followed, applied: readonly Resource[], home: string): Flaw[] {
  const pointer = `/steps/${index}`;
  const thereOrNot = (named: Named, at: string, what: string): Flaw[] => {
    if (before.has(keyOf(named, home))) return [];
    const once = applied.some((resource) => keyOf(resource, home) === keyOf(named, home));
    return [{ pointer: at, message: `${named.kind} ${named.name} cannot be ${what}: ${once ? 'it is not there at this step' : 'no step before applies it'}` }];
  };
  if ('patch' in step) return thereOrNot(step.patch, `${pointer}/patch`, 'patched');
  if ('delete' in step) return step.delete.flatMap((named, at) => thereOrNot(named, `${pointer}/delete/${at}`, 'deleted'));
  if (!('observe' in step)) return [];
  if ('stored' in step.observe) return thereOrNot(step.observe.stored, `${pointer}/observe/stored`, 'compared');
  if ('everyVersion' in step.observe) return thereOrNot(step.observe.everyVersion, `${pointer}/observe/everyVersion`, 'compared');
  if ('warned' in step.observe) return thereOrNot(step.observe.warned, `${pointer}/observe/warned`, 'warned of');
  if (!('absent' in step.observe)) return [];
  const { absent } = step.observe;
  const at = `${pointer}/observe/absent`;
  if (before.has(keyOf(absent, home))) return [{ pointer: at, message: `${absent.kind} ${absent.name} cannot be absent: no step before deletes it` }];
  return applied.some((resource) => keyOf(resource, home) === keyOf(absent, home)) ? [] : [{ pointer: at, message: `the absence of ${absent.kind} ${absent.name} says nothing: no step before applies it` }];
}

/** What is to be refused may be wrong in any way but its namespaces, which have to be real ones of the lane. */
function writtenFlaws({ resource, pointer }: Written, isRejected: boolean, applied: readonly Resource[], fixture: Fixture): Flaw[] {
  return [...namespaceFlaws(resource, pointer, fixture), ...(isRejected ? [] : referenceFlaws(resource, pointer, applied, fixture))];
}

/** Namespaces that a resource names, its own and those in its spec. */
export function namespaceFlaws({ namespace, spec }: Resource, pointer: string, fixture: Fixture): Flaw[] {
  const named = [...(namespace === undefined ? [] : [{ pointer: `${pointer}/namespace`, namespace }]), ...namespacesIn(spec, `${pointer}/spec`)];
  return named.flatMap((one) => (fixture.namespaces.some(({ name }) => name === one.namespace) ? [] : [{ pointer: one.pointer, message: unknown('namespace', one.namespace, fixture, fixture.namespaces) }]));
}

function namespacesIn(value: unknown, pointer: string): { pointer: string; namespace: string }[] {
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(fieldsOf(value));
  return entries.flatMap(([key, field]) => (key === 'namespace' && typeof field === 'string' ? [{ pointer: `${pointer}/namespace`, namespace: field }] : namespacesIn(field, `${pointer}/${key}`)));
}

/** Accounts and Services of the fixture, routes and matches of the other resources. */
export function referenceFlaws(resource: Resource, pointer: string, applied: readonly Resource[], fixture: Fixture): Flaw[] {
  const home = homeOf(fixture);
  const own = resource.namespace ?? home;
  const { spec } = resource;
  const isReal = (namespace: string): boolean => fixture.namespaces.some(({ name }) => name === namespace);
  if (!isReal(own)) return [];
  const flaws: Flaw[] = [];
  const say = (field: string, name: unknown, isThere: boolean, message: (name: string) => string): void => {
    if (typeof name === 'string' && !isThere && !name.startsWith(missingOnPurpose)) flaws.push({ pointer: `${pointer}/spec/${field}`, message: `${message(name)}. What is missing on purpose is called ${missingOnPurpose}…` });
  };
  const service = (field: string, name: unknown): void => {
    const there = fixture.services.filter(({ namespace = home }) => namespace === own);
    say(field, name, there.some((candidate) => candidate.name === name), (missing) => unknown('Service', missing, fixture, there));
  };
  const subject = (field: string, value: unknown): void => {
    const { kind, name, namespace } = fieldsOf(value);
    const at = typeof namespace === 'string' ? namespace : own;
    const accounts = fixture.workloads.filter((workload) => (workload.namespace ?? home) === at).map(({ serviceAccount = 'default' }) => serviceAccount);
    if (kind === 'ServiceAccount' && isReal(at)) say(`${field}/name`, name, accounts.includes(String(name)), (missing) => `no workload of ${at} has the account ${missing} (there are ${listed([...new Set(accounts)])})`);
  };
  const route = (field: string, value: unknown): void => {
    const { kind, name, matches } = fieldsOf(value);
    const routes = applied.filter((other) => other.kind === kind && other.name === name && (other.namespace ?? home) === own);
    say(`${field}/name`, name, routes.length > 0, (missing) => `no step applies ${String(kind)} ${missing}`);
    const names = routes.flatMap((one) => listOf(one.spec['matches']).map((match) => fieldsOf(match)['name']));
    for (const [at, match] of listOf(matches).entries()) say(`${field}/matches/${at}`, match, routes.length === 0 || names.includes(match), (missing) => `${String(kind)} ${String(name)} has no match ${missing}`);
  };
  if (resource.kind === 'TrafficSplit') {
    service('service', spec['service']);
    for (const [at, backend] of listOf(spec['backends']).entries()) service(`backends/${at}/service`, fieldsOf(backend)['service']);
    for (const [at, match] of listOf(spec['matches']).entries()) route(`matches/${at}`, match);
  }
  if (resource.kind === 'TrafficTarget') {
    subject('destination', spec['destination']);
    for (const [at, source] of listOf(spec['sources']).entries()) subject(`sources/${at}`, source);
    for (const [at, rule] of listOf(spec['rules']).entries()) route(`rules/${at}`, rule);
  }
  return flaws;
}
