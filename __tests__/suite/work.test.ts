import { expect, test } from '@jest/globals';
import { workOf } from '../../src/suite/index.ts';
import type { Step } from '../../src/model/assertion.ts';
import { planned } from '../engine/samples.ts';

const apply: Step = { apply: [] };
const call = (protocol: 'http' | 'udp'): Step => ({ eventually: { allowed: [{ from: 'alice', to: 'srv', protocol }] } });
const work = (steps: Step[], level: 'must' | 'should' = 'must'): number => {
  const entry = planned('traffic-access/x', { steps });
  return workOf({ ...entry, assertion: { ...entry.assertion, requirement: { ...entry.assertion.requirement, level } } });
};

test('each change is work, and the way back', () => {
  expect([work([apply, call('http')]), work([apply, call('http'), apply, call('http')])]).toEqual([2, 3]);
});

test('what a mesh may well leave undone is more work, and so are datagrams that are dropped in silence', () => {
  expect(work([apply, call('http')], 'should')).toBeGreaterThan(work([apply, call('http')]));
  expect(work([apply, call('udp')])).toBeGreaterThan(work([apply, call('http')], 'should'));
});
