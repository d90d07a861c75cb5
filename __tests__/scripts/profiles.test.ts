import { describe, expect, jest, test } from '@jest/globals';
import { profiles, runProfile, troubleIn } from '../../scripts/profiles.ts';
import { specifications } from '../../src/model/specification.ts';
import { specificationVersions } from '../../src/smi/index.ts';

jest.setTimeout(120_000);

test('together the profiles have every version of every specification', () => {
  const served = new Set(Object.values(profiles).flatMap((versions) => versions.split(',')));
  const wanted = specifications.filter((one) => one !== 'traffic-metrics').flatMap((one) => specificationVersions[one].map((version) => `${one.slice('traffic-'.length)}=${version}`));
  expect(wanted.filter((one) => !served.has(one))).toEqual([]);
});

/** Of each specification one that writes much, so that every converter is gone through; the whole suite takes minutes (`npm run profiles`). */
const sample = 'traffic-access/route-not-listed-denied,traffic-specs/method-list,traffic-split/weighted-75-25,*/*-roundtrip';

describe('a part of the suite holds at the versions of', () => {
  test.each(Object.entries(profiles))('%s', async (_, versions) => {
    const report = await runProfile(versions, sample);
    expect(report.served.map(({ group, version }) => `${group.split('.')[0]}=${version}`).filter((one) => !one.startsWith('metrics')).toSorted()).toEqual(versions.split(',').toSorted());
    expect(troubleIn(report)).toEqual([expect.stringMatching(/^only traffic-access\/route-not-listed-denied, /)]);
    expect(report.summary.pass).toBeGreaterThan(5);
  });
});
