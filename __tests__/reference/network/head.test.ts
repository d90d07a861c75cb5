import { describe, expect, test } from '@jest/globals';
import { pathAndQueryOf, readOpening } from '../../../src/reference/network/head.ts';

const read = (text: string): ReturnType<typeof readOpening> => readOpening(Buffer.from(text, 'latin1'));
const lastOf = (text: string): boolean | undefined => {
  const opening = read(text);
  return opening.is === 'http' ? opening.last : undefined;
};

describe('the first bytes of a connection', () => {
  test('are a request head', () => {
    expect(read('GET /a?b=c HTTP/1.1\r\nHost: web\r\nX-Ver:  1\t\r\nx-ver: 2\r\n\r\nrest')).toEqual({
      is: 'http', last: false, head: { method: 'GET', path: '/a', query: '?b=c', headers: new Map([['host', 'web'], ['x-ver', '1, 2']]) },
    });
  });

  test.each(['', 'GET', 'GET /a HTTP/1.1\r\nHost: web\r\n', 'DELETE /'])('are not enough: %j', (text) => {
    expect(read(text)).toEqual({ is: 'incomplete' });
  });

  test('may be the preface of HTTP/2', () => {
    expect(readOpening(Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'))).toEqual({ is: 'http2' });
    expect(readOpening(Buffer.from('PRI * HTTP/2.0\r'))).toEqual({ is: 'incomplete' });
  });

  test.each([
    '\x16\x03\x01\x00',
    'GET /a HTTP/1.1\r\nHost : web\r\n\r\n',
    'GET /a HTTP/1.1\r\n folded: x\r\n\r\n',
    'GET /a HTTP/1.1\r\nno colon\r\n\r\n',
    'GET /a HTTP/1.1\r\nX: a\nb: c\r\n\r\n',
    'GET /a b HTTP/1.1\r\n\r\n',
    '{"not": "http"}',
  ])('are something else: %j', (text) => {
    expect(read(text)).toEqual({ is: 'other' });
  });

  test('are given up where a head has no end', () => {
    expect(readOpening(Buffer.from(`GET / HTTP/1.1\r\nX: ${'x'.repeat(70_000)}`))).toEqual({ is: 'other' });
    expect(readOpening(Buffer.from(`GET / HTTP/1.1\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`))).toEqual({ is: 'other' });
  });

  test.each([
    ['HTTP/1.1', 'close', true],
    ['HTTP/1.1', 'TE, Close', true],
    ['HTTP/1.1', 'keep-alive', false],
    ['HTTP/1.0', 'keep-alive', false],
    ['HTTP/1.0', 'x', true],
  ])('say in %s with `Connection: %s` whether the request is the last: %s', (version, connection, last) => {
    expect(lastOf(`GET / ${version}\r\nConnection: ${connection}\r\n\r\n`)).toBe(last);
  });
});

test.each([['/a?b#c', '?b'], ['http://web:80/a/b?c', '?c'], ['/a', undefined], ['/a#b?c', undefined], ['/a?', '?']])('the query of %s is %s', (target, query) => {
  expect(pathAndQueryOf(target).query).toBe(query);
});

test.each([['/a?b#c', '/a'], ['http://web:80/a/b?c', '/a/b'], ['http://web', '/'], ['*', '*'], ['?x', '/']])('the path of %s is %s', (target, path) => {
  expect(pathAndQueryOf(target).path).toBe(path);
});
