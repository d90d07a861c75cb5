import { EventEmitter } from 'node:events';
import { expect, test } from '@jest/globals';
import { causesOf } from '../../src/door/causes.ts';
import { endOnCrash, faultOf } from '../../src/door/crash.ts';

test('an error that nobody awaits ends with 3, after it was told: 1 would be a verdict about the mesh', () => {
  const events: string[] = [];
  const source = Object.assign(new EventEmitter(), { exit: (status: number) => events.push(`exit ${status}`) });
  endOnCrash(source, (error) => events.push(String(error)));
  source.emit('uncaughtException', new Error('nobody waits'));
  expect(events).toEqual(['Error: nobody waits', 'exit 3']);
});

test('a fault is told without its stack, with the way to see it', () => {
  const text = faultOf(new TypeError('x is not a function'), 'with debug logging');
  expect(text).toMatch(/^TypeError: x is not a function\. .*with debug logging/);
  expect(text).not.toContain('    at ');
});

test('causes are told to the last, with their stacks', () => {
  const text = causesOf(new Error('outer', { cause: new Error('inner', { cause: 'innermost' }) }));
  expect(text).toMatch(/^Error: outer\n +at [^]*caused by Error: inner\n +at [^]*caused by innermost$/);
});
