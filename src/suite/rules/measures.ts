import { homeOf, qualified } from '../../fixture/names.ts';
import type { Step } from '../../model/assertion.ts';
import type { Fixture } from '../../model/fixture.ts';
import { isMetricResource, metricKinds, type Reading, referencesIn } from '../../model/metrics.ts';
import { nearest } from '../../yaml/index.ts';
import { unknown } from './places.ts';
import { type Flaw, listed, type Rule } from './rule.ts';

/** Loads and resources that a look at metrics names exist in the fixture, and a load is ended only after it was asked for. */
export const measures: Rule = ({ assertion, fixture }) => {
  const sent = new Set<string>();
  return assertion.steps.flatMap((step, index): Flaw[] => {
    if (!('measure' in step)) return [];
    const flaws = fixture === undefined ? [] : [...loadFlaws(step, index, fixture, sent), ...readingFlaws(step, index, fixture)];
    for (const name of step.measure.load ?? []) sent.add(name);
    return flaws;
  });
};

type MeasureStep = Extract<Step, { measure: unknown }>;

function loadFlaws({ measure: { load = [], ended = [], shows } }: MeasureStep, index: number, fixture: Fixture, sent: ReadonlySet<string>): Flaw[] {
  const there = (fixture.load ?? []).map(({ name }) => name);
  const pointer = `/steps/${index}/measure`;
  const isThere = (name: string, at: string): Flaw[] => {
    const [meant] = nearest(name, there);
    return there.includes(name) ? [] : [{ pointer: at, message: `the fixture ${fixture.name} has no load ${name}${meant === undefined ? '' : `; did you mean ${meant}?`} (it has ${listed(there)})` }];
  };
  return [
    ...load.flatMap((name, at) => isThere(name, `${pointer}/load/${at}`)),
    ...ended.flatMap((name, at) => (sent.has(name) ? [] : [{ pointer: `${pointer}/ended/${at}`, message: `${name} is not under way at this step: name it in load in a step before` }])),
    ...shows.flatMap((shown, at) => ('like' in shown ? shown.like : 'sent' in shown ? shown.sent : []).filter((name) => !load.includes(name)).map((name) => ({ pointer: `${pointer}/shows/${at}`, message: `${name} has to be among the loads of the step` }))),
  ];
}

function readingFlaws({ measure: { read, shows }, otherwise }: MeasureStep, index: number, fixture: Fixture): Flaw[] {
  const pointer = `/steps/${index}/measure`;
  const readings: [Reading | undefined, string][] = [[read, `${pointer}/read`], ...shows.map((shown, at): [Reading | undefined, string] => ['sameAs' in shown ? shown.sameAs : undefined, `${pointer}/shows/${at}/sameAs`])];
  return [
    ...readings.flatMap(([reading, at]) => [reading?.get, reading?.edges].filter((one) => one !== undefined).flatMap((reference) => referenceFlaws(reference, at, reading?.namespace, fixture))),
    ...readings.flatMap(([reading, at]) => (reading?.list === undefined || isMetricResource(reading.list) ? [] : [{ pointer: `${at}/list`, message: unknownResource(reading.list) }])),
    ...[...referencesIn(shows), ...referencesIn(otherwise?.shows ?? [])].flatMap((reference) => referenceFlaws(reference, `${pointer}/shows`, read?.namespace, fixture)),
  ];
}

/** What is missing on purpose is called no-such-…. Splits are objects of the assertion, not of the fixture. */
function referenceFlaws(reference: string, pointer: string, namespace: string | undefined, fixture: Fixture): Flaw[] {
  const slash = reference.indexOf('/');
  const [resource, place] = [reference.slice(0, slash), reference.slice(slash + 1)];
  if (resource.startsWith('no-such-') || place.startsWith('no-such-')) return [];
  if (!isMetricResource(resource)) return [{ pointer, message: unknownResource(resource) }];
  const wanted = qualified(fixture, place.includes('/') || namespace === undefined ? place : `${namespace}/${place}`);
  const home = homeOf(fixture);
  const isIn = (things: readonly { name: string; namespace?: string }[]): boolean => things.some((one) => one.name === wanted.name && (one.namespace ?? home) === wanted.namespace);
  switch (resource) {
    case 'trafficsplits':
      return [];
    case 'namespaces':
      return fixture.namespaces.some(({ name }) => name === wanted.name) ? [] : [{ pointer, message: unknown('namespace', wanted.name, fixture, fixture.namespaces) }];
    case 'services':
      return isIn(fixture.services) ? [] : [{ pointer, message: unknown('Service', place, fixture, fixture.services) }];
    default: {
      const kind = metricKinds[resource];
      const workload = fixture.workloads.find((one) => one.name === wanted.name && (one.namespace ?? home) === wanted.namespace);
      if (workload === undefined) return [{ pointer, message: unknown('workload', place, fixture, fixture.workloads) }];
      const is = workload.controller ?? 'Deployment';
      return ['Pod', 'Node', is].includes(kind) ? [] : [{ pointer, message: `${place} is a ${is}, not a ${kind}` }];
    }
  }
}

function unknownResource(name: string): string {
  const [meant] = nearest(name, Object.keys(metricKinds));
  return `there are no metrics of ${name}${meant === undefined ? '' : `; did you mean ${meant}?`} (there are those of ${listed(Object.keys(metricKinds))})`;
}
