import { copyFile, mkdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { startProvider } from '../stand-ins/provider.ts';
import { bed, type Bed, fastClock, oldToken, rawToken, token } from './bed.ts';
import { inHours, jwt, packed } from './tokens.ts';

const post = 'POST /smi/results';
const posts = (at: Bed): number => at.provider.lines().filter((line) => line === post).length;
const later = (at: Bed): string => `Nothing is lost: the report and its signature stay in ${at.directory}, and smi-conformance upload ${at.directory} sends them.`;

/** An upload that is in trouble says so by its code and what to do, and leaves report and bundle. */
async function expectTrouble(at: Bed, message: RegExp, change: Parameters<Bed['fail']>[0] = {}): Promise<void> {
  const error = await at.fail(change);
  expect({ code: error.code, isBadInput: error.isBadInput }).toEqual({ code: 'UPLOAD_FAILED', isBadInput: false });
  expect(error.message).toMatch(message);
  expect(error.message).toContain(later(at));
  expect(await at.files()).toEqual(['report.json', 'report.sigstore.json']);
}

describe('tried again', () => {
  test.each([408, 429, 500, 502, 503, 504])('after %i, until it goes well', async (status) => {
    await using at = await bed();
    at.provider.next(post, { status }, { status });
    at.provider.next('GET /capabilities', { status });
    await at.send();
    expect(at.provider.results.size).toBe(1);
    expect(posts(at)).toBe(3);
    expect(at.said).toEqual([expect.stringContaining(`capabilities: the provider answered ${status}; trying again in 0.4 s`), expect.stringContaining('trying again in 0.4 s'), expect.stringContaining('trying again in 0.8 s')]);
  });

  test('after connections that are cut, and answers that never end', async () => {
    await using at = await bed();
    at.provider.next('GET /capabilities', { hangUp: true });
    at.provider.next(post, { hangUp: true }, { stall: true });
    await at.send({ limits: { requestMs: 200 } });
    expect(at.said.join('\n')).toMatch(/other side closed|ECONNRESET|socket hang up/);
    expect(at.said.join('\n')).toContain('no whole answer in 0.2 s');
    expect(at.provider.results.size).toBe(1);
  });

  test('no sooner than Retry-After says, in seconds or as a date by the provider\'s clock', async () => {
    await using at = await bed({ aheadMs: 3_600_000 });
    at.provider.next(post, { status: 429, headers: { 'retry-after': '7' } }, { status: 503, headers: { 'retry-after': new Date(Date.now() + 3_600_000 + 20_000).toUTCString() } });
    await at.send();
    expect(at.clock.waits[0]).toBe(7000);
    expect(at.clock.waits[1]).toBeGreaterThan(18_000);
    expect(at.clock.waits[1]).toBeLessThanOrEqual(21_000);
  });

  test('with waits that double and differ by chance', async () => {
    await using at = await bed();
    at.provider.always(post, { status: 503 });
    const drawn = [0, 0.999, 0, 0.999, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    const clock = { ...at.clock, random: () => drawn.shift() ?? 0 };
    await expectTrouble(at, /sending the result to .*: the provider answered 503 \(tried \d+ times in/, { clock });
    expect(at.clock.waits.slice(0, 7)).toEqual([250, 1000, 1000, 3998, 4000, 7500, 7500]);
    expect(at.clock.waits.reduce((sum, one) => sum + one)).toBeLessThan(120_000);
  });
});

describe('not tried again', () => {
  test.each<[number, RegExp]>([
    [400, /does not take the result as it was sent \(400: "?nope/],
    [403, /does not let the account of this token publish SMI results \(403: nope\)/],
    [404, /answered 404: nope, where only 201 with an id/],
    [413, /answered 413/],
    [200, /answered 200/],
    [202, /answered 202/],
    [204, /answered 204, where/],
    [304, /answered 304/],
  ])('after %i', async (status, message) => {
    await using at = await bed();
    at.provider.always(post, { status, ...([204, 304].includes(status) ? {} : { body: '{"message":"nope"}' }) });
    await expectTrouble(at, message);
    expect(posts(at)).toBe(1);
    expect(at.clock.waits).toEqual([]);
  });

  test.each(['{"id": "0f3d', '', '{}', '{"id":""}', '{"id":7}', '[]', '<html>'])('a 201 that says %j is no success', async (body) => {
    await using at = await bed();
    at.provider.always(post, { status: 201, body });
    await expectTrouble(at, /answered 201, but without the id of the result/);
    expect(posts(at)).toBe(1);
  });

  test('a provider that asks to be left alone for longer than there is', async () => {
    await using at = await bed();
    at.provider.always(post, { status: 429, headers: { 'retry-after': '3600' } });
    await expectTrouble(at, /answered 429, and asks to be left alone for 3600 s \(tried once\)/);
    expect(at.clock.waits).toEqual([]);
  });
});

describe('a provider', () => {
  test('that is down for the whole run', async () => {
    await using at = await bed();
    const gone = await startProvider();
    await gone.close();
    await expectTrouble(at, /asking .* for its capabilities: .*ECONNREFUSED.* \(tried \d+ times in 1\d\d(?:\.\d)? s\)/, { url: gone.url });
  });

  test('that stalls: the whole upload ends in time', async () => {
    await using at = await bed();
    at.provider.always('*', { stall: true });
    const began = performance.now();
    await expectTrouble(at, /no whole answer in 0\.\d s/, { limits: { requestMs: 150, totalMs: 1000, firstWaitMs: 50 } });
    expect(performance.now() - began).toBeLessThan(3000);
  });

  test('that answers without end', async () => {
    await using at = await bed();
    const endless = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = (): void => void (response.destroyed || response.write(Buffer.alloc(256 * 1024, ' ')) || response.once('drain', more)) ;
      response.on('drain', more);
      more();
    });
    await new Promise<void>((resolve) => endless.listen(0, '127.0.0.1', resolve));
    await expectTrouble(at, /longer than 1 MiB/, { url: `http://127.0.0.1:${(endless.address() as AddressInfo).port}`, limits: { totalMs: 1000 } });
    endless.closeAllConnections();
    await new Promise((resolve) => endless.close(resolve));
  });

  test.each<[string, string, RegExp]>([
    ['broken JSON', '{"capabilities": [', /does not describe its capabilities, .*check provider_url/],
    ['no list', '{"capabilities":{"persist-smi-results":"/x"}}', /does not describe its capabilities/],
    ['a local provider', '{"provider_type":"local","capabilities":[]}', /does not describe its capabilities/],
    ['nothing for SMI', '{"provider_type":"remote","capabilities":[null,{"feature":"persist-results","endpoint":"/results"}]}', /takes no SMI results: persist-smi-results is not among its capabilities/],
    ['an endpoint elsewhere', '{"capabilities":[{"feature":"persist-smi-results","endpoint":"https://elsewhere.example/smi"}]}', /wants SMI results at another address/],
  ])('whose capabilities are %s', async (_, body, message) => {
    await using at = await bed();
    at.provider.always('GET /capabilities', { status: 200, body });
    await expectTrouble(at, message);
    expect(posts(at)).toBe(0);
  });

  test.each(['GET /capabilities', post])('that redirects %s elsewhere: nothing goes there', async (line) => {
    await using at = await bed();
    await using elsewhere = await bed();
    at.provider.always(line, { status: 307, headers: { location: `${elsewhere.provider.url}/smi/results?token=${oldToken}` } });
    await expectTrouble(at, new RegExp(`redirects to ${elsewhere.provider.url}\\. The token was not sent there`));
    expect(elsewhere.provider.seen).toEqual([]);
  });

  test('that redirects without end, or turns a POST into a GET', async () => {
    await using at = await bed();
    at.provider.always('GET /capabilities', { status: 302, headers: { location: '/capabilities' } });
    await expectTrouble(at, /redirects without end/, { limits: { totalMs: 500 } });
    await using other = await bed();
    other.provider.always(post, { status: 302, headers: { location: '/smi/results' } });
    await expectTrouble(other, /answered 302/);
  });

  test('that quotes the token, whole or in part, is not quoted', async () => {
    await using at = await bed();
    at.provider.always(post, { status: 400, body: JSON.stringify({ message: `bad header bearer ${oldToken}, starting ${oldToken.slice(0, 10)}` }) });
    await expectTrouble(at, /400: bad header bearer \[hidden\], starting \[hidden\]/);
  });

  test('whose id quotes the token is not quoted either', async () => {
    await using at = await bed();
    at.provider.always(post, { status: 201, body: JSON.stringify({ id: rawToken }) });
    expect((await at.send({ as: rawToken })).id).toBe('[hidden]');
  });
});

describe('a client', () => {
  test('that fails with the request in its words is not quoted', async () => {
    await using at = await bed();
    const leaking: typeof fetch = (_, init) => Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(`with ${JSON.stringify(init?.headers)}`), { request: init }) }));
    await expectTrouble(at, /fetch failed: with .*\[hidden\]/, { fetch: leaking });
  });

  test('whose clock is wrong and whose token is refused is told both', async () => {
    await using at = await bed({ aheadMs: 3 * 3_600_000, tokens: [] });
    await expectTrouble(at, /does not accept the token \(401.*\): make a new one.* This machine's clock is 180 minutes behind the provider's: set it right/, { as: rawToken });
  });
});

describe('stopped', () => {
  test.each(['before it began', 'while it waits', 'while it asks'])('%s', async (when) => {
    await using at = await bed();
    const stop = new AbortController();
    const clock = fastClock();
    if (when === 'before it began') stop.abort('SIGTERM');
    if (when === 'while it waits') at.provider.always(post, { status: 503 });
    if (when === 'while it asks') at.provider.always(post, { stall: true });
    const stopping = when === 'while it asks' ? setInterval(() => posts(at) > 0 && stop.abort('SIGTERM'), 10) : undefined;
    const error = await at.fail({ signal: stop.signal, clock: { ...clock, sleep: (ms, signal) => (stop.abort('SIGTERM'), clock.sleep(ms, signal)) } });
    clearInterval(stopping);
    expect(error).toMatchObject({ code: 'CANCELLED', message: `The upload to ${at.provider.url} was stopped. ${later(at)}` });
  });
});

test('a receipt that cannot be written does not make a failure of a success', async () => {
  await using at = await bed();
  await mkdir(join(at.directory, 'upload.json'));
  await at.send();
  expect(at.provider.results.size).toBe(1);
  expect(at.said.at(-1)).toMatch(/^The result is uploaded \([\da-f-]{36}\), but that could not be noted in .*upload\.json: /);
  expect(await at.files()).toEqual(['report.json', 'report.sigstore.json', 'upload.json']);
  await rm(join(at.directory, 'upload.json'), { recursive: true });
});

test('a folder with an unusual name is named so that the command can be pasted', async () => {
  await using at = await bed({ tokens: [] });
  const odd = join(at.directory, 'it\'s here');
  await mkdir(odd);
  await copyFile(join(at.directory, 'report.json'), join(odd, 'report.json'));
  await expect(at.send({ directory: odd, as: rawToken, token: token(rawToken) })).rejects.toThrow(`smi-conformance upload '${at.directory}/it'\\''s here' sends them`);
});

test('an expired token without a refresh token', async () => {
  for (const as of [jwt({ exp: inHours(-2) }, 'expired'), packed({ access: jwt({ exp: inHours(-2) }, 'expired') })]) {
    await using at = await bed({ tokens: [as] });
    await expectTrouble(at, /the provider token expired on 20\d\d-.*Z, and it has nothing to be renewed with: make a new one at/, { as });
    expect(at.provider.seen.every(({ headers }) => headers.authorization === undefined && headers['x-api-key'] === undefined)).toBe(true);
  }
});

test('an expired token, by a clock that is wrong', async () => {
  const as = jwt({ exp: inHours(2) }, 'valid');
  await using at = await bed({ tokens: [as] }, 24 * 3_600_000);
  await at.send({ as });
  expect(at.said).toEqual([expect.stringMatching(/by this machine's clock the provider token has expired, but not by the provider's, which is used\. This machine's clock is 1440 minutes ahead of the provider's: set it right/)]);
});
