import { EventEmitter } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { abortOnSignals } from '../../src/door/signals.ts';

describe('signals', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('the first %s aborts, with its name as the reason', (name) => {
    const source = new EventEmitter();
    const seconds: number[] = [];
    const { signal } = abortOnSignals(source, (status) => seconds.push(status));
    expect(signal.aborted).toBe(false);
    source.emit(name);
    expect(signal.reason).toBe(name);
    expect(seconds).toEqual([]);
  });

  test('each further one is told with the status of its own', () => {
    const source = new EventEmitter();
    const seconds: number[] = [];
    const { signal } = abortOnSignals(source, (status) => seconds.push(status));
    source.emit('SIGINT');
    source.emit('SIGTERM');
    source.emit('SIGINT');
    expect(signal.reason).toBe('SIGINT');
    expect(seconds).toEqual([143, 130]);
  });

  test('nothing is listened to after the stop', () => {
    const source = new EventEmitter();
    abortOnSignals(source, () => undefined).stop();
    expect(source.eventNames()).toEqual([]);
  });
});
