import { describe, expect, test } from '@jest/globals';
import { inspect } from 'node:util';
import { credentialOf, Secret, takeSecret } from '../../src/provider/index.ts';
import { parseToken } from '../../src/provider/token.ts';
import { expectHidden } from './bed.ts';
import { inHours, jwt, packed } from './tokens.ts';

const exp = inHours(1);
const access = jwt({ exp }, 'signature-one');

describe('a token', () => {
  test.each<[string, string, { bearer?: string; expiresAt?: number; renewable: boolean }]>([
    ['packed, with a refresh token', packed({ access, refresh: 'again' }), { expiresAt: exp * 1000, renewable: true }],
    ['packed, without one', packed({ access }), { expiresAt: exp * 1000, renewable: false }],
    ['packed and padded', Buffer.from(JSON.stringify({ access_token: access, refresh_token: 'again!' })).toString('base64'), { expiresAt: exp * 1000, renewable: true }],
    ['by itself', access, { expiresAt: exp * 1000, renewable: false }],
    ['that never expires', jwt({ sub: 'robot' }, 'x'), { renewable: false }],
    ['that is no JSON Web Token', 'plain-access-token', { renewable: false }],
    ['packed, with an expiry beside an access token that has none', packed({ access: 'opaque', expiry: '2026-11-21T10:00:00Z' }), { expiresAt: Date.parse('2026-11-21T10:00:00Z'), renewable: false }],
    ['packed, with the year 1 for no expiry', packed({ access: 'opaque' }), { renewable: false }],
  ])('%s', (_, text, expected) => {
    const { bearer, expiresAt, renewable } = parseToken(new Secret(text));
    expect(bearer.reveal()).toBe(text);
    expect({ renewable, ...(expiresAt === undefined ? {} : { expiresAt }) }).toEqual(expected);
  });

  test('is taken out of a whole auth.json, and white space around it is none of it', () => {
    expect(parseToken(new Secret(`{"meshery-provider":"Meshery","token":"${access}"}\n`)).bearer.reveal()).toBe(access);
    expect(parseToken(new Secret(`  ${access}\r\n`)).bearer.reveal()).toBe(access);
  });

  test.each(['', '   ', 'two words', `${access}\n${access}`, 'töken'])('%j is none, and is not quoted', (text) => {
    let error: unknown;
    try {
      parseToken(new Secret(text));
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('provider token') });
    expectHidden([inspect(error)], [access, 'two words', 'töken']);
  });

  test('has every part masked before it is used', () => {
    const masked: string[] = [];
    const text = packed({ access, refresh: 'refresh-again' });
    credentialOf(new Secret(`${text}\n`), (secret) => masked.push(secret));
    expect(masked).toEqual(expect.arrayContaining([text, access, 'refresh-again']));
  });
});

describe('a secret', () => {
  test('is hidden however it is printed', () => {
    const secret = new Secret('hush-hush-hush');
    const error = new Error(`with ${String(secret)}`, { cause: { secret, list: [secret], map: new Map([['k', secret]]) } });
    for (const text of [`${String(secret)}`, secret + '', JSON.stringify({ secret }), inspect(secret), inspect(error, { depth: null, showHidden: true }), Object.keys(secret).join()]) expect(text).not.toContain('hush');
    expect(inspect({ secret })).toContain('[hidden]');
    expect(secret.reveal()).toBe('hush-hush-hush');
  });

  test('taken from an environment is there no more', () => {
    const environment = { TOKEN: ' abc\n', EMPTY: ' ' };
    expect(takeSecret(environment, 'TOKEN')?.reveal()).toBe('abc');
    expect(takeSecret(environment, 'EMPTY')).toBeUndefined();
    expect(takeSecret(environment, 'ABSENT')).toBeUndefined();
    expect(environment).toEqual({});
  });
});
