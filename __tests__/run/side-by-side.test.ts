import { describe, expect, test } from '@jest/globals';
import { sideBySide } from '../../src/run/side-by-side.ts';

const never = new AbortController().signal;
/** Work that goes on until it is stopped, and says by what. */
const endless = (signal: AbortSignal): Promise<never> => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error(`stopped by ${signal.reason}`))));

describe('two works side by side', () => {
  test('give both of their results', async () => {
    expect(await sideBySide(never, () => Promise.resolve(1), () => Promise.resolve('two'))).toEqual([1, 'two']);
  });

  test.each([
    ['the first', (failing: () => Promise<never>) => sideBySide(never, failing, endless)],
    ['the second', (failing: () => Promise<never>) => sideBySide(never, endless, failing)],
  ])('end with the error of the one that failed first, when the other has ended: %s', async (_which, run) => {
    await expect(run(() => Promise.reject(new Error('there is no such version')))).rejects.toThrow('there is no such version');
  });

  test('are both stopped by a cancel', async () => {
    const stop = new AbortController();
    const reasons: unknown[] = [];
    const noting = (signal: AbortSignal): Promise<never> => endless(signal).finally(() => reasons.push(signal.reason));
    const both = sideBySide(stop.signal, noting, noting);
    stop.abort('SIGINT');
    await expect(both).rejects.toThrow('stopped by SIGINT');
    expect(reasons).toEqual(['SIGINT', 'SIGINT']);
  });
});
