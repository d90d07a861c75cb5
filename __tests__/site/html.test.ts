import { load } from 'js-yaml';
import { describe, expect, test } from '@jest/globals';
import { escape, html } from '../../src/site/html.ts';
import { slugs } from '../../src/site/links.ts';
import { compareVersions } from '../../src/site/timeline.ts';
import { toYaml } from '../../src/site/yaml.ts';

describe('markup', () => {
  test.each([
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['"><img src=x onerror=\'y\'>', '&quot;&gt;&lt;img src=x onerror=&#39;y&#39;&gt;'],
    ['&lt;', '&amp;lt;'],
    ['a\u0000b\u001B[31m', 'a\uFFFDb\uFFFD[31m'],
    ['abc\u202Egnp.exe', 'abc\uFFFDgnp.exe'],
    ['a\uD800b', 'a\uFFFDb'],
    ['plain – 14 of 14 · x → y', 'plain – 14 of 14 · x → y'],
  ])('%j is escaped', (text, escaped) => {
    expect(escape(text)).toBe(escaped);
  });

  test('values are escaped, markup is not, and nothing comes of what is not there', () => {
    expect(html`<p title="${'"'}">${html`<b>${'<'}</b>`}${false}${undefined}${['&', html`<i>x</i>`]}${0}</p>`.text).toBe('<p title="&quot;"><b>&lt;</b>&amp;<i>x</i>0</p>');
  });
});

describe('YAML', () => {
  const hostile = {
    empty: [], none: {}, nested: [[1, [2, { x: [] }]], [], {}], yes: 'yes', true: 'true', 'x: y': '- a', null: null, '': '', lines: 'a\n b\r\n\u2028\u0085\u007F\uFEFF\u0000', '#': '# no', number: '1e3', date: '2026-11-21',
    tilde: '~', colon: 'a: b', anchor: '&a *b !c', quote: '"\'\\', unicode: 'ünï → \u{1F600}', negative: -0.5, small: 1e-7, flag: true, long: 'word '.repeat(500), list: [{ a: 1, b: [{ c: 'd' }] }, 'e'], '=': '=', '<<': '<<',
  };
  test('reads back as it was', () => {
    expect(load(toYaml(hostile))).toEqual(hostile);
    expect(load(toYaml([]))).toEqual([]);
    expect(load(toYaml('text'))).toBe('text');
  });

  test('leaves out what is undefined, as JSON does', () => {
    expect(load(toYaml({ a: undefined, b: 1, c: { d: undefined } }))).toEqual({ b: 1, c: {} });
  });
});

describe('versions', () => {
  test('are in the order in which people count', () => {
    const sorted = ['v1.10.0', 'v1.9.2', 'unknown', 'v1.10.0-rc.1', '2.0', 'v1.34.4+k3s1', 'edge', 'v1.34.4'].toSorted(compareVersions);
    expect(sorted).toEqual(['edge', 'unknown', 'v1.9.2', 'v1.10.0-rc.1', 'v1.10.0', 'v1.34.4', 'v1.34.4+k3s1', '2.0']);
  });

  test('each gets a name of its own that can stand in a path', () => {
    const names = slugs(['a/b', 'a b', 'A_b', '../..', '', '.git', 'v1.2.4']);
    expect(new Set([...names.values()].map((name) => name.toLowerCase())).size).toBe(7);
    for (const name of names.values()) expect(name).toMatch(/^[\w][\w.+~-]*$/);
    expect(names.get('v1.2.4')).toBe('v1.2.4');
  });
});
