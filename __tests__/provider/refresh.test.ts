import { describe, expect, test } from '@jest/globals';
import { bed, newToken, oldToken, rawToken, token } from './bed.ts';
import { inHours, jwt, packed } from './tokens.ts';

const expired = packed({ access: jwt({ exp: inHours(-1) }, 'long-ago'), refresh: 'refresh-token-of-old' });
const bearers = (seen: { headers: { authorization?: string | undefined }; path: string }[]): string[] => seen.filter(({ path }) => path !== '/refresh').map(({ headers }) => (headers.authorization ?? 'none').replace('bearer ', ''));

describe('a token that is refused', () => {
  test('is renewed once, and the new one is used from then on', async () => {
    await using at = await bed({ tokens: [], renewals: { [oldToken]: newToken } });
    await at.send();
    expect(at.provider.lines().filter((line) => line === 'POST /refresh')).toHaveLength(1);
    expect(bearers(at.provider.seen)).toEqual([oldToken, newToken, newToken, newToken]);
    expect(at.provider.results.size).toBe(1);
  });

  test('only when the result is sent: the request is sent again with its body', async () => {
    await using at = await bed({ renewals: { [oldToken]: newToken } });
    at.provider.next('POST /smi/results', { status: 401 });
    await at.send();
    expect(bearers(at.provider.seen)).toEqual([oldToken, oldToken, oldToken, newToken]);
    expect(at.provider.seen.at(-1)?.body).toBe(at.provider.seen.at(-3)?.body);
  });

  test('is renewed once for all uploads that share it', async () => {
    await using at = await bed({ tokens: [], renewals: { [oldToken]: newToken } });
    const others = await Promise.all(Array.from({ length: 5 }, () => bed()));
    const shared = token(oldToken);
    try {
      await Promise.all([at, ...others].map(({ directory }) => at.send({ directory, token: shared })));
    } finally {
      for (const other of others) await other[Symbol.asyncDispose]();
    }
    expect(at.provider.lines().filter((line) => line === 'POST /refresh')).toHaveLength(1);
    expect(at.provider.results.size).toBe(1);
  });

  test('before it is used, where it has expired', async () => {
    await using at = await bed({ renewals: { [expired]: newToken } });
    await at.send({ as: expired });
    expect(at.provider.lines()[0]).toBe('POST /refresh');
    expect(bearers(at.provider.seen)).toEqual([newToken, newToken, newToken]);
  });

  test('is told to be masked, and so is the new one, before any request bears it', async () => {
    await using at = await bed({ tokens: [], renewals: { [oldToken]: newToken } });
    const masked: string[] = [];
    const seenWhenMasked: number[] = [];
    await at.send({ token: token(oldToken, (secret) => {
      masked.push(secret);
      seenWhenMasked.push(at.provider.seen.length);
    }) });
    expect(masked).toEqual(expect.arrayContaining([oldToken, newToken, 'refresh-secret-0123456789', 'refresh-secret-9876543210']));
    const first = at.provider.seen.findIndex(({ headers }) => headers.authorization === `bearer ${newToken}`);
    expect(seenWhenMasked[masked.indexOf(newToken)]).toBeLessThanOrEqual(first);
  });
});

describe('a renewal that does not help', () => {
  test.each<[string, Parameters<typeof bed>[0], Parameters<Awaited<ReturnType<typeof bed>>['provider']['always']> | undefined, RegExp]>([
    ['refused', { tokens: [] }, undefined, /the token is no longer valid, and .* would not renew it \(401: the token \[hidden\] cannot be renewed\): make a new token there/],
    ['forbidden', { tokens: [] }, ['POST /refresh', { status: 403, body: 'no' }], /would not renew it \(403: no\)/],
    ['that brings no token', { tokens: [] }, ['POST /refresh', { status: 200, body: '{"token":""}' }], /renewed the token, but its answer holds none/],
    ['of broken JSON', { tokens: [] }, ['POST /refresh', { status: 200, body: '{"token":"ab' }], /renewed the token, but its answer holds none/],
    ['that brings what is none', { tokens: [] }, ['POST /refresh', { status: 200, body: '{"token":"two words"}' }], /renewed the token by something that is none/],
    ['that stays unanswered', { tokens: [] }, ['POST /refresh', { status: 503 }], /renewing the token: the provider answered 503 \(tried/],
    ['whose token is refused as well', { tokens: [], renewals: { [oldToken]: rawToken } }, ['GET /capabilities', { status: 401, body: '{"error":"still no"}' }], /does not accept the token \(401: still no\): make a new one/],
  ])('%s', async (_, options, habit, message) => {
    await using at = await bed(options);
    if (habit !== undefined) at.provider.always(...habit);
    const error = await at.fail();
    expect(error).toMatchObject({ code: 'UPLOAD_FAILED', message: expect.stringMatching(message) });
    expect(error.message).toContain(`smi-conformance upload ${at.directory} sends them`);
    expect(at.provider.lines().filter((line) => line === 'GET /capabilities').length).toBeLessThanOrEqual(2);
  });

  test('that one upload gives up does not stop another that waits for it', async () => {
    await using at = await bed({ tokens: [], renewals: { [oldToken]: newToken } });
    await using other = await bed();
    at.provider.next('POST /refresh', { status: 503 });
    const shared = token(oldToken);
    const stop = new AbortController();
    const waiting = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const clock = { ...at.clock, sleep: async (ms: number, signal: AbortSignal) => {
      waiting.resolve();
      await goOn.promise;
      await at.clock.sleep(ms, signal);
    } };
    const first = at.send({ token: shared, signal: stop.signal, clock }).catch((error: unknown) => error);
    await waiting.promise;
    const second = at.send({ token: shared, directory: other.directory });
    while (at.provider.lines().filter((line) => line === 'GET /capabilities').length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort('SIGINT');
    expect(await first).toMatchObject({ code: 'CANCELLED' });
    goOn.resolve();
    expect(await second).toMatchObject({ already: false });
  });
});

test('whoever comes late with the token of before is given the one that took its place', async () => {
  const credential = token(oldToken);
  const before = credential.current();
  const renewed = await credential.renew(before, () => Promise.resolve(newToken));
  expect(renewed?.bearer.reveal()).toBe(newToken);
  expect(await credential.renew(before, () => Promise.reject(new Error('renewed twice')))).toBe(renewed);
  const lasting = token(rawToken);
  expect(await lasting.renew(lasting.current(), () => Promise.reject(new Error('it has no refresh token')))).toBeUndefined();
});
