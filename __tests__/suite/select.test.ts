import { describe, expect, test } from '@jest/globals';
import { ConformanceError } from '../../src/model/errors.ts';
import { matches, nearestIds, select } from '../../src/suite/select.ts';

const ids = ['traffic-access/default-deny', 'traffic-access/allow-listed-source', 'traffic-split/weighted-75-25', 'traffic-split/weighted-90-10', 'traffic-split/all-to-first'];

describe('a pattern', () => {
  test.each([
    ['traffic-split/weighted-75-25', ['traffic-split/weighted-75-25']],
    ['traffic-split/*', ids.slice(2)],
    ['traffic-split/weighted-*', ids.slice(2, 4)],
    ['*/default-deny', ['traffic-access/default-deny']],
    ['traffic-*/*-*-*', ['traffic-access/allow-listed-source', 'traffic-split/weighted-75-25', 'traffic-split/weighted-90-10', 'traffic-split/all-to-first']],
    ['**', ids],
    ['**/all-**', ['traffic-split/all-to-first']],
    ['default-deny', ['traffic-access/default-deny']],
    ['weighted-*', ids.slice(2, 4)],
    ['traffic-access', ids.slice(0, 2)],
    ['*', ids],
    ['weighted', []],
    ['default.deny', []],
    ['traffic-access/(default-deny)', []],
    ['traffic-*', ids],
    ['traffic-split*weighted-75-25', []],
    ['Default-Deny', []],
  ])('%s covers what it says', (pattern, expected) => {
    expect(ids.filter((id) => matches(pattern, id))).toEqual(expected);
  });
});

describe('a selection', () => {
  test('without patterns is everything', () => {
    expect(select(ids, [], [])).toEqual({ ids: new Set(ids), warnings: [] });
  });

  test('is what only covers without what skip covers', () => {
    expect(select(ids, ['traffic-split', 'default-deny'], ['*-75-25'])).toEqual({ ids: new Set(['traffic-access/default-deny', 'traffic-split/weighted-90-10', 'traffic-split/all-to-first']), warnings: [] });
  });

  test.each([
    ['only that covers nothing', ['defautl-deny'], [], 'only: defautl-deny covers no assertion (did you mean default-deny?). See them all with'],
    ['one of several that covers nothing', ['default-deny', 'traffic-split/weighted-75-52'], [], 'only: traffic-split/weighted-75-52 covers no assertion (did you mean traffic-split/weighted-75-25'],
    ['a specification that is misspelt', ['trafic-split'], [], 'did you mean traffic-split?'],
    ['only whose all is skipped', ['default-deny'], ['traffic-access/*'], 'only and skip together leave no assertion'],
    ['everything skipped', [], ['**'], 'only and skip together leave no assertion'],
  ])('%s is refused', (_, only, skip, expected) => {
    const attempt = () => select(ids, only, skip);
    expect(attempt).toThrow(ConformanceError);
    expect(attempt).toThrow(expect.objectContaining({ code: 'NOTHING_SELECTED', message: expect.stringContaining(expected) }));
  });

  test('with a pattern of skip that covers nothing says so', () => {
    expect(select(ids, [], ['defalt-deny', 'weighted-*']).warnings).toEqual(['skip: defalt-deny covers no assertion, so it leaves nothing out (did you mean default-deny?)']);
  });
});

test('nearness is of names where the specification is right, and of whole ids where it is not', () => {
  expect(nearestIds('traffic-split/nowhere', ids)).toEqual([]);
  expect(nearestIds('traffic-split/all-to-frist', ids)).toEqual(['traffic-split/all-to-first']);
  expect(nearestIds('traffic-spilt/all-to-first', ids)).toContain('traffic-split/all-to-first');
});
