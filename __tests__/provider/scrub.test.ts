import { expect, test } from '@jest/globals';
import { createScrubber } from '../../src/provider/scrub.ts';
import { jwt } from './tokens.ts';

const secret = jwt({ sub: 'robot' }, 'some/signature+here');
const scrubber = createScrubber();
scrubber.learn(secret);
scrubber.learn('a/secret+with=signs');
scrubber.learn('short');

test.each<[string, string]>([
  ['the whole', secret],
  ['the beginning, as a server cuts it', `${secret.slice(0, 12)}`],
  ['the end', secret.slice(-12)],
  ['the middle', secret.slice(30, 44)],
  ['in a URL', encodeURIComponent('a/secret+with=signs')],
  ['with escaped slashes', 'a\\/secret+with=signs'],
  ['in base64', Buffer.from(secret).toString('base64')],
  ['a short one', 'short'],
])('hides %s', (_, text) => {
  expect(scrubber.scrub(`invalid token ${text}, sorry`)).toBe('invalid token [hidden], sorry');
});

test('hides a secret that reaches over the place where the text is cut', () => {
  expect(scrubber.scrub(`${'x '.repeat(145)}${secret}`)).not.toContain(secret.slice(0, 8));
});

test('leaves other text as it is, on one line and not endless', () => {
  expect(scrubber.scrub('403: account "robot" may not\npublish\u001B[31m results')).toBe('403: account "robot" may not publish results');
  expect(scrubber.scrub('y '.repeat(1000)).length).toBeLessThan(310);
});
