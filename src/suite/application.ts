import type { Assertion, Expectation, Step, Traffic } from '../model/assertion.ts';
import type { Fixture, Workload } from '../model/fixture.ts';
import { homeOf, qualified } from '../fixture/names.ts';
import { trafficOf } from '../fixture/needs.ts';
import { selects } from '../fixture/objects.ts';
import type { Suite } from './load.ts';
import { lesserWishesOf, type Wish, wishesOf } from './wishes.ts';

/** What tells a fixture's variant from the fixture. */
const ending = '-app';

/** What the Learn Layer5 application answers with 200, by path; `undefined`: every method. */
const offered: Readonly<Record<string, readonly string[] | undefined>> = { '/echo': undefined, '/metrics': ['GET'] };

/**
 * The suite with the Learn Layer5 application as the server wherever that is enough: those assertions run in a variant of their fixture, all others in the
 * fixture itself. Enough is what is answered over HTTP at paths that the application has; what is denied may have any. Where no path matters, it is `/echo`. Pure.
 */
export function withApplication(suite: Suite, image: string): Suite {
  const adapted = new Map(suite.assertions.flatMap((assertion): [string, Assertion][] => {
    const fixture = suite.fixtures.get(assertion.fixture);
    const changed = fixture === undefined ? undefined : adaptedTo(assertion, fixture);
    return changed === undefined ? [] : [[assertion.id, changed]];
  }));
  const variants = [...suite.fixtures.values()].flatMap((fixture) => {
    const mine = [...adapted.values()].filter((assertion) => assertion.fixture === `${fixture.name}${ending}`);
    return mine.length === 0 ? [] : [variantOf(fixture, mine, image)];
  });
  return {
    ...suite,
    assertions: suite.assertions.map((assertion) => adapted.get(assertion.id) ?? assertion),
    fixtures: new Map([...suite.fixtures, ...variants.map((variant): [string, Fixture] => [variant.name, variant])]),
  };
}

/** The assertion as it runs before the application; undefined where that is not enough. */
function adaptedTo(assertion: Assertion, fixture: Fixture): Assertion | undefined {
  const baseline: Expectation = withPaths(fixture.baseline);
  const ofBaseline = [...(baseline.allowed ?? []), ...(baseline.answered ?? [])];
  // The kubelet asks at a path that the application does not have.
  if (fixture.workloads.some(({ healthProbes }) => healthProbes)) return undefined;
  if (!ofBaseline.every(isOffered) || trafficOf(baseline).some(({ protocol = 'http' }) => protocol !== 'http')) return undefined;
  // Where routes are written a path may matter though none is named.
  const steps = assertion.steps.some(writesRoutes) ? assertion.steps : assertion.steps.map(stepWithPaths);
  if (steps.some((step) => 'measure' in step || 'hold' in step || 'record' in step)) return undefined;
  const wishes = wishesIn({ steps });
  return wishes.length > 0 && wishes.every(isEnoughFor) ? { ...assertion, steps, fixture: `${fixture.name}${ending}` } : undefined;
}

function isEnoughFor({ wants, traffic }: Wish): boolean {
  return (traffic.protocol ?? 'http') === 'http' && (wants === 'denied' || isOffered(traffic));
}

function isOffered({ method = 'GET', path = '/' }: Traffic): boolean {
  const [name = ''] = path.split('?');
  return name in offered && (offered[name]?.includes(method) ?? method !== 'CONNECT');
}

function writesRoutes(step: Step): boolean {
  const written = 'apply' in step ? step.apply : 'try' in step ? step.try : 'rejected' in step ? step.rejected : [];
  return written.some(({ kind }) => kind === 'HTTPRouteGroup') || ('patch' in step && step.patch.kind === 'HTTPRouteGroup');
}

function stepWithPaths(step: Step): Step {
  if ('eventually' in step) return { ...step, eventually: withPaths(step.eventually), ...(step.otherwise && { otherwise: { ...step.otherwise, ...withPaths(step.otherwise) } }) };
  if ('always' in step) return { ...step, always: withPaths(step.always), ...(step.otherwise && { otherwise: { ...step.otherwise, ...withPaths(step.otherwise) } }) };
  if ('throughout' in step) return { ...step, throughout: withPaths(step.throughout) };
  return 'sample' in step ? { ...step, sample: withPath(step.sample) } : step;
}

function withPaths<E extends Expectation>(expectation: E): E {
  const { allowed, denied, answered } = expectation;
  return { ...expectation, ...(allowed && { allowed: allowed.map(withPath) }), ...(denied && { denied: denied.map(withPath) }), ...(answered && { answered: answered.map(withPath) }) };
}

function withPath<T extends Traffic>(traffic: T): T {
  return traffic.path === undefined && (traffic.protocol ?? 'http') === 'http' ? { ...traffic, path: '/echo' } : traffic;
}

/** The fixture with the application in every workload that listens for HTTP behind a Service, but for callers: what they answer is asked by no look that counts. */
function variantOf(fixture: Fixture, assertions: readonly Assertion[], image: string): Fixture {
  const traffic = [...trafficOf(fixture.baseline), ...assertions.flatMap(wishesIn).map((wish) => wish.traffic)];
  const callers = traffic.map(({ from }) => qualified(fixture, from));
  const isCaller = ({ name, namespace = homeOf(fixture) }: Workload): boolean => callers.some((caller) => caller.name === name && caller.namespace === namespace);
  const isServer = (workload: Workload): boolean => fixture.services.some((service) => selects(fixture, service, workload)) && workload.listeners.some(({ protocol }) => protocol === 'http');
  const workloads = fixture.workloads.map((workload) => (isServer(workload) && !isCaller(workload) ? { ...workload, application: { image } } : workload));
  return { ...fixture, name: `${fixture.name}${ending}`, workloads, baseline: withPaths(fixture.baseline) };
}

function wishesIn({ steps }: Pick<Assertion, 'steps'>): Wish[] {
  return steps.map((step, index) => ({ index, step })).flatMap((step) => [...wishesOf(step), ...lesserWishesOf(step)]);
}
