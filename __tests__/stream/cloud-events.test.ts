import { describe, expect, test } from '@jest/globals';
import type { RunEvent } from '../../src/model/event.ts';
import { cloudEventStream, streamTrouble } from '../../src/stream/index.ts';
import { noErrors, sampleReport } from '../report/sample.ts';
import { startReceiver } from './receiver.ts';

const report = sampleReport(noErrors);
const ended = report.assertions.map((result): RunEvent => ({ type: 'assertion-ended', at: result.startedMs + result.durationMs, result }));
const notice = (message: string): RunEvent => ({ type: 'notice', at: 1, level: 'info', message });
const quick = { firstPauseMs: 5, flushMs: 2000 };

/** Until a condition holds; the test's own time limit is the end of patience. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('a stream', () => {
  test('delivers every event, once and in order, as a receiver of CloudEvents wants it', async () => {
    await using receiver = await startReceiver();
    const stream = cloudEventStream({ url: receiver.url, source: 'https://github.com/o/r/actions/runs/1', now: () => Date.parse('2026-11-21T08:50:00Z') });
    const events: RunEvent[] = [{ type: 'phase-started', at: 0, phase: 'run' }, ...ended, { type: 'finished', at: 9, report }];
    for (const event of events) stream.sink(event);
    expect(await stream.close()).toEqual({ sent: events.length, lost: 0 });
    expect(receiver.problems).toEqual([]);
    expect(receiver.events.map(({ sequence }) => Number(sequence))).toEqual(events.map((_, place) => place + 1));
    expect(new Set(receiver.events.map(({ id, source }) => `${String(source)} ${String(id)}`)).size).toBe(events.length);
    expect(receiver.events[1]).toMatchObject({
      source: 'https://github.com/o/r/actions/runs/1', type: 'io.github.smi-conformance.assertion-ended.v1', subject: `${report.assertions[0]?.id}@${report.assertions[0]?.version}`,
      time: '2026-11-21T08:50:00.000Z', datacontenttype: 'application/json', data: { type: 'assertion-ended', result: { verdict: report.assertions[0]?.verdict } },
    });
    const last = receiver.events.at(-1)?.['data'] as { report: Record<string, unknown> };
    expect(last.report).toMatchObject({ result: 'failed', mesh: report.mesh });
    expect(last.report['assertions']).toBeUndefined();
  });

  test('leaves the steps out of a result that would be too long, and nothing else', async () => {
    await using receiver = await startReceiver();
    const [first] = report.assertions;
    if (first === undefined) throw new Error('the sample has no results');
    const stream = cloudEventStream({ url: receiver.url });
    stream.sink({ type: 'assertion-ended', at: 1, result: { ...first, verdict: 'fail', seen: 'ä'.repeat(50_000), reason: 'short' } });
    await stream.close();
    expect(receiver.problems).toEqual([]);
    expect(receiver.events).toEqual([expect.objectContaining({ data: expect.objectContaining({ shortened: true, result: expect.objectContaining({ id: first.id, verdict: 'fail', reason: 'short', steps: [], seen: 'ä'.repeat(2000) }) }) })]);
  });

  test('tries again what the receiver may take later, and leaves out what it refuses', async () => {
    await using receiver = await startReceiver();
    receiver.answers.push(503, 429, 204, 400, 204);
    const stream = cloudEventStream({ url: receiver.url, ...quick });
    for (const message of ['one', 'two', 'three']) stream.sink(notice(message));
    await until(() => receiver.paths.length === 5);
    const streamed = await stream.close();
    expect(receiver.events.map(({ data }) => (data as { message: string }).message)).toEqual(['one', 'three']);
    expect(streamed).toEqual({ sent: 2, lost: 1, trouble: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+ answered 400$/) });
    expect(streamTrouble(streamed)).toMatch(/^1 of 3 events did not reach stream_url: .* answered 400\. .*events\.ndjson in the output folder has all of them\.$/);
  });

  test('gives one event up that the receiver cannot digest, for those behind it', async () => {
    await using receiver = await startReceiver();
    receiver.answers.push(500, 500, 500, 500, 500);
    const stream = cloudEventStream({ url: receiver.url, ...quick });
    stream.sink(notice('poison'));
    stream.sink(notice('good'));
    await until(() => receiver.events.length === 1);
    expect(await stream.close()).toMatchObject({ sent: 1, lost: 1 });
    expect(receiver.events).toEqual([expect.objectContaining({ data: notice('good') })]);
  });

  test('keeps the newest events while the receiver is slower than the run', async () => {
    await using receiver = await startReceiver();
    receiver.answers.push(undefined);
    const stream = cloudEventStream({ url: receiver.url, limit: 10, requestMs: 300, ...quick });
    stream.sink(notice('first'));
    await until(() => receiver.paths.length === 1);
    for (let count = 0; count < 100; count += 1) stream.sink(notice(`event ${count}`));
    await until(() => receiver.events.length === 11);
    expect(await stream.close()).toMatchObject({ sent: 11, lost: 90 });
    expect(receiver.events.map(({ data }) => (data as { message: string }).message)).toEqual(['first', ...Array.from({ length: 10 }, (_, place) => `event ${90 + place}`)]);
  });

  test('costs the run nothing, whatever the receiver does', async () => {
    await using receiver = await startReceiver();
    receiver.answers.push(undefined);
    const stream = cloudEventStream({ url: receiver.url, flushMs: 100 });
    const began = performance.now();
    for (let round = 0; round < 40; round += 1) for (const event of ended) stream.sink(event);
    expect(performance.now() - began).toBeLessThan(200);
    const closing = performance.now();
    const streamed = await stream.close();
    expect(performance.now() - closing).toBeLessThan(1500);
    expect(streamed).toMatchObject({ sent: 0, lost: 40 * ended.length });
  });

  test('ends in a short time where nobody listens, and says so without the key in its address', async () => {
    const gone = await startReceiver();
    await gone[Symbol.asyncDispose]();
    const stream = cloudEventStream({ url: `${gone.url}?key=geheim`, flushMs: 200 });
    stream.sink(notice('one'));
    const streamed = await stream.close();
    expect(streamed).toEqual({ sent: 0, lost: 1, trouble: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+ was not reached \(ECONNREFUSED\)$/) });
    expect(streamTrouble(streamed)).not.toContain('geheim');
    expect(await stream.close()).toBe(streamed);
  });

  test('does not follow a redirect, and takes nothing more once it is closed', async () => {
    await using receiver = await startReceiver();
    receiver.answers.push(307);
    const stream = cloudEventStream({ url: receiver.url });
    stream.sink(notice('one'));
    expect(await stream.close()).toMatchObject({ sent: 0, lost: 1 });
    stream.sink(notice('two'));
    expect(await stream.close()).toMatchObject({ sent: 0, lost: 1 });
    expect(receiver.paths).toEqual(['/events']);
  });

  test('without events ends at once, without a word', async () => {
    const stream = cloudEventStream({ url: 'https://example.org/events' });
    const streamed = await stream.close();
    expect(streamTrouble(streamed)).toBeUndefined();
  });
});

describe('its address', () => {
  test.each([['nonsense', /not an address/], ['ftp://example.org', /not an address/], ['http://robot:geheim@example.org', /user name or password/]])('%s is refused, unquoted', (url, message) => {
    expect(() => cloudEventStream({ url })).toThrow(expect.objectContaining({ code: 'BAD_INPUT', message: expect.stringMatching(message) }));
    expect(() => cloudEventStream({ url })).not.toThrow(/geheim/);
  });

  test('may hold a user name and a password, which go into a header', async () => {
    const seen: { url: string; headers: RequestInit['headers'] }[] = [];
    const stream = cloudEventStream({ url: 'https://robot:ge%20heim@example.org/x', fetch: (url, init) => {
      seen.push({ url: url as string, headers: init?.headers });
      return Promise.resolve(new Response(null, { status: 202 }));
    } });
    stream.sink(notice('one'));
    expect(await stream.close()).toEqual({ sent: 1, lost: 0 });
    expect(seen).toEqual([{ url: 'https://example.org/x', headers: expect.objectContaining({ authorization: `Basic ${Buffer.from('robot:ge heim').toString('base64')}` }) }]);
  });
});
