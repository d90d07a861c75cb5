import { homeOf, qualified } from '../../fixture/names.ts';
import { selects } from '../../fixture/objects.ts';
import { alphas, splitIntervals } from '../../judge/index.ts';
import type { Resource, Sample, Traffic } from '../../model/assertion.ts';
import type { Fixture, FixtureService } from '../../model/fixture.ts';
import { nearest } from '../../yaml/index.ts';
import { familyOf } from '../../model/specification.ts';
import { fieldsOf, listOf } from '../features.ts';
import type { Followed } from '../follow.ts';
import { lesserWishesOf, type Wish, wishesOf } from '../wishes.ts';
import { type Flaw, inEveryForm, listed } from './rule.ts';

/** Callers, Services and ports exist in the fixture, and whoever has to answer can be reached through the Service that is called. */
export const places = inEveryForm((steps, { fixture }) => (fixture === undefined ? [] : [...steps.flatMap((step) => trafficFlaws(step, fixture)), ...movedFlaws(steps, fixture)]));

function trafficFlaws(step: Followed, fixture: Fixture): Flaw[] {
  return [...wishesOf(step), ...lesserWishesOf(step)].flatMap((wish) => wishFlaws(wish, fixture, step.before));
}

/** Workloads that are started, scaled and posed as exist; one that is late calls and is called only after it was started, and what is released was held. */
function movedFlaws(steps: readonly Followed[], fixture: Fixture): Flaw[] {
  const started = new Set<string>();
  const held = new Set<string>();
  return steps.flatMap((placed): Flaw[] => {
    const { index, step } = placed;
    const at = `/steps/${index}`;
    const isThere = (reference: string, pointer: string): Flaw[] => (hasWorkload(fixture, reference) ? [] : [{ pointer, message: unknown('workload', reference, fixture, fixture.workloads) }]);
    if ('start' in step) {
      for (const reference of step.start) started.add(reference);
      return step.start.flatMap((reference, number) => [
        ...isThere(reference, `${at}/start/${number}`),
        ...(hasWorkload(fixture, reference) && !isLate(fixture, reference) ? [{ pointer: `${at}/start/${number}`, message: `${reference} runs from the beginning: say late: true in the fixture` }] : []),
      ]);
    }
    if ('restart' in step) return step.restart.flatMap((reference, number) => isThere(reference, `${at}/restart/${number}`));
    if ('scale' in step) return step.scale.flatMap(({ workload }, number) => isThere(workload, `${at}/scale/${number}/workload`));
    if ('hold' in step) held.add(step.hold.as);
    if ('release' in step) return held.delete(step.release) ? [] : [{ pointer: `${at}/release`, message: `nothing is held as ${step.release} at this step` }];
    return [...wishesOf(placed), ...lesserWishesOf(placed)].flatMap(({ pointer, traffic: { from, posingAs } }) => [
      ...(isLate(fixture, from) && !started.has(from) ? [{ pointer: `${pointer}/from`, message: `${from} is late: start it in a step before` }] : []),
      ...(posingAs === undefined ? [] : isThere(posingAs, `${pointer}/posingAs`)),
    ]);
  });
}

function isLate(fixture: Fixture, reference: string): boolean {
  const wanted = qualified(fixture, reference);
  return fixture.workloads.some(({ name, namespace = homeOf(fixture), late }) => late === true && name === wanted.name && namespace === wanted.namespace);
}

/** What is wrong with one kind of traffic, `objects` being there. Fixtures have such traffic too, in their baseline. */
export function wishFlaws(wish: Wish, fixture: Fixture, objects: ReadonlyMap<string, Resource>): Flaw[] {
  const { pointer, traffic } = wish;
  const service = serviceOf(fixture, traffic.to);
  const flaws: Flaw[] = [
    ...(hasWorkload(fixture, traffic.from) ? [] : [{ pointer: `${pointer}/from`, message: unknown('workload', traffic.from, fixture, fixture.workloads) }]),
    ...(service === undefined ? [{ pointer: `${pointer}/to`, message: unknown('Service', traffic.to, fixture, fixture.services) }] : portFlaws(pointer, traffic, service)),
  ];
  if (service === undefined) return flaws;
  const reached = workloadsBehind(fixture, service, objects);
  if (wish.wants === 'answered') flaws.push(...answeredFlaws(pointer, wish.traffic.by, wish.traffic.attempts, traffic.to, reached));
  if (wish.wants === 'shares') flaws.push(...sharesFlaws(pointer, wish.traffic, reached, fixture));
  return flaws;
}

function portFlaws(pointer: string, { protocol = 'http', port, to, method, path, headers }: Traffic, service: FixtureService): Flaw[] {
  const ports = service.ports.filter((candidate) => (port === undefined ? candidate.protocol === protocol : familyOf[candidate.protocol] === familyOf[protocol]));
  const offered = service.ports.map((candidate) => `${candidate.protocol} ${candidate.port}`).join(', ');
  if (port === undefined && ports.length === 0) return [{ pointer: `${pointer}/to`, message: `the Service ${to} has no ${protocol} port (it has ${offered})` }];
  if (port !== undefined && !ports.some((candidate) => candidate.port === port)) return [{ pointer: `${pointer}/port`, message: `the Service ${to} has no ${protocol} port ${port} (it has ${offered})` }];
  const isHttp = [method, path, headers].some((field) => field !== undefined);
  return isHttp && familyOf[protocol] !== 'http' ? [{ pointer: `${pointer}/protocol`, message: `method, path and headers are of http, and this is ${protocol}` }] : [];
}

function answeredFlaws(pointer: string, by: readonly string[], attempts: number, to: string, reached: ReadonlySet<string>): Flaw[] {
  const missed = by.length * (1 - 1 / by.length) ** attempts;
  const enough = Math.ceil(Math.log(alphas.measure / by.length) / Math.log(1 - 1 / by.length));
  return [
    ...by.flatMap((name, at) => (reached.has(name) ? [] : [{ pointer: `${pointer}/by/${at}`, message: unreachable(name, to, reached) }])),
    ...(by.length > 1 && missed > alphas.measure ? [{ pointer: `${pointer}/attempts`, message: `with ${attempts} attempts a sound mesh leaves out one of ${by.length} workloads too often: at least ${enough} are needed` }] : []),
  ];
}

function sharesFlaws(pointer: string, { shares, ports = {}, attempts, protocol = 'http', to }: Sample, reached: ReadonlySet<string>, fixture: Fixture): Flaw[] {
  const drawn = Object.keys(shares).filter((name) => (shares[name] ?? 0) > 0);
  if (drawn.length === 0) return [{ pointer: `${pointer}/shares`, message: 'every share is 0: at least one workload has to answer' }];
  const silent = splitIntervals(attempts, shares, alphas.measure).filter(({ workload, low }) => drawn.includes(workload) && low === 0);
  return [
    ...Object.keys(shares).flatMap((name) => (reached.has(name) ? [] : [{ pointer: `${pointer}/shares/${escaped(name)}`, message: unreachable(name, to, reached) }])),
    ...(silent.length > 0 ? [{ pointer: `${pointer}/attempts`, message: `${attempts} attempts are too few: ${listed(silent.map(({ workload }) => workload))} would pass without a single answer` }] : []),
    ...Object.entries(ports).flatMap(([name, port]) => {
      if (!(name in shares)) return [{ pointer: `${pointer}/ports/${escaped(name)}`, message: `${name} has no share` }];
      const listens = fixture.workloads.some((workload) => workload.name === name && workload.listeners.some((listener) => listener.port === port && familyOf[listener.protocol] === familyOf[protocol]));
      return listens ? [] : [{ pointer: `${pointer}/ports/${escaped(name)}`, message: `${name} has no ${protocol} listener at ${port}` }];
    }),
  ];
}

/** Everybody whom a call of the Service may come to: the pods that it selects, and those of the backends of the splits that are in force. Answers bear a workload's plain name. */
function workloadsBehind(fixture: Fixture, service: FixtureService, objects: ReadonlyMap<string, Resource>): Set<string> {
  const namespace = service.namespace ?? homeOf(fixture);
  const splits = [...objects.values()].filter((object) => object.kind === 'TrafficSplit' && (object.namespace ?? homeOf(fixture)) === namespace && object.spec['service'] === service.name);
  const backends = splits.flatMap(({ spec }) => listOf(spec['backends']).map((backend) => fieldsOf(backend)['service']));
  const services = fixture.services.filter((other) => other === service || ((other.namespace ?? homeOf(fixture)) === namespace && backends.includes(other.name)));
  return new Set(fixture.workloads.filter((workload) => services.some((other) => selects(fixture, other, workload))).map(({ name }) => name));
}

function hasWorkload(fixture: Fixture, reference: string): boolean {
  const wanted = qualified(fixture, reference);
  return fixture.workloads.some(({ name, namespace = homeOf(fixture) }) => name === wanted.name && namespace === wanted.namespace);
}

function serviceOf(fixture: Fixture, reference: string): FixtureService | undefined {
  const wanted = qualified(fixture, reference);
  return fixture.services.find(({ name, namespace = homeOf(fixture) }) => name === wanted.name && namespace === wanted.namespace);
}

function unreachable(name: string, to: string, reached: ReadonlySet<string>): string {
  return `${name} cannot answer a call of ${to}: the Service and the splits applied before reach ${reached.size === 0 ? 'nobody' : listed([...reached])}`;
}

/** Says that a fixture has no such thing, and what it may have been meant to be. */
export function unknown(what: string, name: string, fixture: Fixture, there: readonly { name: string; namespace?: string }[]): string {
  const names = there.map((item) => (item.namespace === undefined ? item.name : `${item.namespace}/${item.name}`));
  const [meant] = nearest(name, names);
  return `the fixture ${fixture.name} has no ${what} ${name}${meant === undefined ? '' : `; did you mean ${meant}?`} (it has ${[...new Set(names)].join(', ')})`;
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
