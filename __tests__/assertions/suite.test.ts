import { beforeAll, describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { alphas } from '../../src/judge/index.ts';
import { splitFalseFailure } from '../../src/judge/binomial.ts';
import type { Assertion } from '../../src/model/assertion.ts';
import { versions } from '../../src/model/specification.ts';
import { lintSuite, loadSuite, type Suite } from '../../src/suite/index.ts';
import { catalogue } from './catalogue.ts';

const directory = join(import.meta.dirname, '../../assertions');
const accessGates = ['traffic-access/default-deny', 'traffic-access/allow-listed-source'];
const splitGates = ['traffic-split/root-without-split', 'traffic-split/all-to-first'];
const pathGate = 'traffic-specs/path-selects';
const metricsGate = 'traffic-metrics/object-shape';
const gates = [...accessGates, ...splitGates, pathGate, metricsGate];

let suite: Suite;
beforeAll(async () => {
  suite = await loadSuite(directory);
});

describe('the catalogue', () => {
  test('has no problem that lint knows of', async () => {
    expect(await lintSuite(directory)).toEqual([]);
  });

  test('holds these assertions, of this kind, in these versions and at this level, and no others', () => {
    const expected = Object.entries(catalogue).flatMap(([specification, kinds]) =>
      Object.entries(kinds).flatMap(([kind, entries]) =>
        Object.entries(entries).map(([name, entry]) => ({ id: `${specification}/${name}`, specification, kind, versions: entry.versions ?? versions, level: entry.level ?? 'must' })),
      ),
    );
    const actual = suite.assertions.map(({ id, kind, requirement }) => ({ id, specification: requirement.specification, kind, versions: requirement.versions, level: requirement.level }));
    expect(byId(actual)).toEqual(byId(expected));
  });

  test('tells editors in each file which schema it follows', async () => {
    const first = await Promise.all(suite.assertions.map(async ({ id }) => (await readFile(join(directory, `${id}.yaml`), 'utf8')).split('\n', 1)[0]));
    expect(new Set(first)).toEqual(new Set(['# yaml-language-server: $schema=../schema/assertion.schema.json']));
  });
});

describe('gates', () => {
  test('stand behind nothing, and presence does so only where traffic shows that what was stored is inert', () => {
    const ungated = suite.assertions.filter((assertion) => assertion.gates.length === 0).map(({ id }) => id);
    const presence = suite.assertions.filter(({ kind, steps }) => kind === 'presence' && !steps.some((step) => 'eventually' in step)).map(({ id }) => id);
    expect(ungated.toSorted()).toEqual([...gates, ...presence].toSorted());
  });

  test.each([
    ['traffic-access', accessGates],
    ['traffic-split', splitGates],
  ])('every other capability of %s stands behind both of its gates', (specification, expected) => {
    const behind = gated(specification);
    expect(behind.length).toBeGreaterThan(5);
    for (const assertion of behind) expect([assertion.id, assertion.gates]).toEqual([assertion.id, expected]);
  });

  test('every other capability of traffic-metrics stands behind its gate, and what asks of the API itself behind its availability as well', () => {
    const behind = gated('traffic-metrics');
    expect(behind.length).toBeGreaterThan(30);
    for (const assertion of behind) expect([assertion.id, assertion.gates]).toEqual([assertion.id, assertion.needs?.includes('TrafficMetrics.api') === true ? [metricsGate, 'traffic-metrics/apiservice-available'] : [metricsGate]]);
  });

  test('capabilities of routes stand behind those of access, and the HTTP ones behind path-selects as well', () => {
    for (const assertion of gated('traffic-specs')) {
      const isHttp = JSON.stringify(assertion.steps).includes('HTTPRouteGroup');
      expect([assertion.id, assertion.gates]).toEqual([assertion.id, isHttp ? [...accessGates, pathGate] : accessGates]);
    }
  });
});

describe('statistics', () => {
  test('every distribution is measured by a thousand connections', () => {
    const samples = suite.assertions.flatMap(({ id, steps }) => steps.flatMap((step) => ('sample' in step ? [{ id, attempts: step.sample.attempts }] : [])));
    expect(samples.map(({ id }) => id)).toContain('traffic-split/weighted-75-25');
    expect(samples.filter(({ attempts }) => attempts !== 1000)).toEqual([]);
  });

  test('a sound mesh fails the whole suite, in one version of each specification, less than once in 10,000 runs', () => {
    const falseFailures = suite.assertions.flatMap(({ steps }) => steps.flatMap(falseFailuresOf));
    const sum = falseFailures.reduce((total, one) => total + one, 0);
    expect(falseFailures.length).toBeGreaterThan(10);
    expect(sum).toBeGreaterThan(0);
    expect(sum).toBeLessThan(1e-4);
  });
});

describe('docs/writing-assertions.md', () => {
  test('quotes the suite as it is', async () => {
    const text = await readFile(join(directory, '../docs/writing-assertions.md'), 'utf8');
    const quotes = [...text.matchAll(/^```yaml\n# assertions\/(\S+)\n([^`]*)^```$/gm)].map(([, file = '', quoted = '']) => ({ file, quoted }));
    // What a reader writes on the way is checked by running it (own.test.ts); every other block is a quote.
    const written = [...text.matchAll(/^```yaml\n# my-assertions\/\S+$/gm)].length;
    expect(quotes).toHaveLength([...text.matchAll(/^```yaml$/gm)].length - written);
    expect(quotes.length).toBeGreaterThan(5);
    for (const { file, quoted } of quotes) expect(await readFile(join(directory, file), 'utf8')).toContain(quoted);
  });

  test('names no assertion that is not there', async () => {
    const text = await readFile(join(directory, '../docs/writing-assertions.md'), 'utf8');
    const named = [...text.matchAll(/traffic-(?:access|specs|split)\/[a-z0-9-]+/g)].map(([id]) => id);
    expect(named.length).toBeGreaterThan(5);
    // Those that a reader writes, or the pattern that stands for all of them.
    const own = [...text.matchAll(/^# my-assertions\/(traffic-[a-z]+\/[a-z-]+)\.yaml$/gm)].map(([, id = '']) => id);
    expect(named.filter((id) => !own.some((one) => one.startsWith(id)) && !suite.assertions.some((assertion) => assertion.id === id))).toEqual([]);
  });
});

function byId<T extends { id: string }>(entries: T[]): T[] {
  return entries.toSorted((one, other) => one.id.localeCompare(other.id));
}

function gated(specification: string): Assertion[] {
  return suite.assertions.filter(({ id, kind, requirement }) => requirement.specification === specification && kind === 'capability' && !gates.includes(id));
}

/** Chances that a mesh which does everything right has against it; all other expectations leave nothing to chance. */
function falseFailuresOf(step: Assertion['steps'][number]): number[] {
  if ('sample' in step) return [splitFalseFailure(step.sample.attempts, step.sample.shares, alphas.measure)];
  const expectation = 'eventually' in step ? step.eventually : 'always' in step ? step.always : {};
  return (expectation.answered ?? []).filter(({ by }) => by.length > 1).map(({ by, attempts }) => by.length * (1 - 1 / by.length) ** attempts);
}
