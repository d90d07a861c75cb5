import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { runPathOf } from '../../src/publish/index.ts';
import { differenceOf } from '../../src/report/difference.ts';
import { type Browser, findChromium, openBrowser, serve, type Tab } from './browser.ts';
import { openSiteFolder, osm, type SiteFolder, usualRuns } from './folder.ts';
import { variantOf, writeRuns } from './variants.ts';

jest.setTimeout(120_000);

const program = findChromium();
const evil = '"><script>alert(1)</script><img src=x onerror=alert(2)>';
const runs = [...usualRuns(), variantOf(osm, { mesh: { id: 'evil', name: evil }, version: evil, kubernetes: evil, id: 'evil01', startedAt: '2026-11-20T10:00:00Z' })];
const pageOf = (index: number): string => runPathOf(runs[index] ?? osm).replace('.json', '.html');

(program === undefined ? describe.skip : describe)('in a real browser', () => {
  let site: SiteFolder;
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serve>>;
  let tab: Tab;
  let axe: string;

  beforeAll(async () => {
    site = await openSiteFolder();
    await writeRuns(site.runs, runs);
    await site.build();
    server = await serve(site.out);
    browser = await openBrowser(program ?? '');
    tab = browser.tab;
    axe = await readFile(join(process.cwd(), 'node_modules/axe-core/axe.min.js'), 'utf8');
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
    await site[Symbol.asyncDispose]();
  });

  const pages = (): [name: string, path: string][] => [
    ['home', 'index.html'], ['mesh', 'meshes/osm/index.html'], ['change', 'meshes/osm/changes/v1.2.0-to-v1.2.4.html'], ['assertion', 'assertions/traffic-access/identity-not-labels.html'], ['runs', 'runs/index.html'],
    ['month', 'runs/2026-10.html'], ['run', pageOf(0)], ['run with a change', pageOf(3)], ['compare', `compare.html?a=${encodeURIComponent(pageOf(0))}&b=${encodeURIComponent(pageOf(3))}`], ['about', 'about.html'], ['hostile', pageOf(5)],
  ];

  test.each(pages())('%s: nothing against WCAG AA, in the light on a desk and in the dark on a phone', async (_, path) => {
    for (const view of [{}, { width: 360, dark: true }]) {
      await tab.open(server.url + path, view);
      await tab.evaluate(`${axe}; document.querySelectorAll('details').forEach((one) => { one.open = true; }); 0`);
      const found = await tab.evaluate<{ id: string; nodes: string[] }[]>(`axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
        .then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 3).map(({ html, failureSummary }) => html.slice(0, 200) + ' ' + failureSummary) })))`);
      expect({ view, found }).toEqual({ view, found: [] });
    }
  });

  test.each(pages())('%s: fits a phone, asks only its own server, and no complaint comes', async (_, path) => {
    await tab.open(server.url + path, { width: 360 });
    expect(await tab.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(tab.requests.filter((url) => !url.startsWith(server.url))).toEqual([]);
    expect(tab.requests.length).toBeGreaterThan(2);
    expect(tab.complaints).toEqual([]);
    expect(await tab.evaluate<number>('document.scripts.length')).toBe(1);
    expect(await tab.evaluate<number>('document.images.length')).toBe(0);
  });

  test('what a page may do is fenced in, even where a script got into it', async () => {
    await tab.open(`${server.url}index.html`);
    await tab.evaluate(`document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.stolen = true"><a id=j href="javascript:window.stolen = true">x</a>'); document.getElementById('j').click(); const made = document.createElement('script'); made.textContent = 'window.stolen = true'; document.body.append(made); 0`);
    expect(await tab.evaluate('fetch("http://127.0.0.1:1/").then(() => "asked", (error) => error.name)')).toBe('TypeError');
    expect(await tab.evaluate('window.stolen === undefined')).toBe(true);
    expect(tab.complaints.join('\n')).toMatch(/Content Security Policy/);
  });

  test('everything can be read without JavaScript', async () => {
    await tab.open(`${server.url}index.html`, { javascript: false });
    expect(await tab.evaluate('document.body.innerText')).toMatch(/Open Service Mesh[^]*Requirements[^]*weighted-75-25/);
    expect(await tab.evaluate('document.querySelector(".filter")')).toBeNull();
    await tab.open(server.url + pageOf(0), { javascript: false });
    expect(await tab.evaluate<string>('document.body.innerText')).toMatch(/identity-not-labels[^]*Expected[^]*Seen/);
    await tab.open(`${server.url}compare.html`, { javascript: false });
    expect(await tab.evaluate<string>('document.body.innerText')).toMatch(/needs JavaScript/);
  });

  test('the keyboard gets to the content, to every link and into the details', async () => {
    await tab.open(server.url + pageOf(3));
    await tab.press('Tab');
    expect(await tab.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    expect(await tab.evaluate<number>('document.activeElement.getBoundingClientRect().left')).toBeGreaterThanOrEqual(0);
    await tab.press('Enter');
    expect(await tab.evaluate('document.activeElement.id')).toBe('main');
    const closed = 'document.querySelector("details.result:not([open])")';
    await tab.evaluate(`window.chosen = ${closed}; chosen.querySelector('summary').focus(); 0`);
    await tab.press('Enter');
    expect(await tab.evaluate('chosen.open')).toBe(true);
    await tab.evaluate('window.reached = new Set(); window.scrollTo(0, 0); document.querySelector(".to-content").focus(); 0');
    for (let count = 0; count < 12; count++) {
      await tab.press('Tab');
      expect(await tab.evaluate('reached.add(document.activeElement), getComputedStyle(document.activeElement).outlineStyle')).toMatch(/solid|auto/);
    }
    expect(await tab.evaluate('reached.size')).toBe(12);
  });

  test('verdicts are told apart by sign and word, without a colour', async () => {
    await tab.open(`${server.url}about.html`);
    const shown = await tab.evaluate<[string, string][]>('[...document.querySelectorAll(".legend .v")].map((one) => [one.textContent, getComputedStyle(one, "::before").content])');
    expect(shown.map(([word]) => word)).toEqual(['pass', 'partial', 'fail', 'inconclusive', 'skip', 'info']);
    expect(new Set(shown.map(([, sign]) => sign)).size).toBe(6);
  });

  test('an address that names a result opens it', async () => {
    await tab.open(`${server.url}${pageOf(2)}#traffic-split.weighted-75-25.v1alpha2`);
    expect(await tab.evaluate('document.getElementById("traffic-split.weighted-75-25.v1alpha2").closest("details").open')).toBe(true);
    expect(await tab.evaluate('[...document.querySelectorAll("details.result")].filter((one) => one.open).length')).toBe(1);
  });

  test('a filter leaves what is asked for', async () => {
    await tab.open(`${server.url}index.html`);
    const type = (text: string): Promise<unknown> => tab.evaluate(`{ const field = document.querySelector('.filter input[type=search]'); field.value = ${JSON.stringify(text)}; field.dispatchEvent(new Event('input')); } 0`);
    const shown = '[...document.querySelectorAll("tr[data-text]")].filter((row) => row.checkVisibility()).map((row) => row.querySelector("a").textContent)';
    await type('weighted 75');
    expect(await tab.evaluate(shown)).toEqual(['weighted-75-25']);
    expect(await tab.evaluate('[...document.querySelectorAll(".group")].filter((row) => row.checkVisibility()).length')).toBe(1);
    expect(await tab.evaluate<string>('document.querySelector(".filter [role=status]").textContent')).toMatch(/^1 of \d+$/);
    await type('nothing like it');
    expect(await tab.evaluate(shown)).toEqual([]);
    await type('');
    await tab.evaluate('document.querySelector(".filter input[type=checkbox]").click()');
    const failing = await tab.evaluate<string[]>(shown);
    expect(failing).toContain('port-mapping');
    expect(failing).not.toContain('crd-traffictarget');
  });

  test('any two runs are compared as the program compares them', async () => {
    const [before = osm, after = osm] = [runs[0], runs[3]];
    await tab.open(`${server.url}compare.html?a=${encodeURIComponent(pageOf(0))}&b=${encodeURIComponent(pageOf(3))}`);
    await tab.evaluate('new Promise((resolve) => { const look = () => (document.querySelector("#comparison .quiet, #comparison .calm, #comparison .note") ? resolve(0) : requestAnimationFrame(look)); look(); })');
    const said = await tab.evaluate<string[]>('[...document.querySelectorAll("#comparison li")].map((one) => one.textContent)');
    const { worse, better, other, same } = differenceOf(before, after);
    const expected = [...worse, ...better, ...other].map((one) => `${one.after.id}@${one.after.version}${one.before.verdict} → ${one.after.verdict}`);
    expect(said).toEqual(expected);
    expect(said.length).toBeGreaterThan(2);
    expect(await tab.evaluate<string>('document.querySelector("#comparison .quiet").textContent')).toBe(`${same} results unchanged.`);
  });

  test('nothing but pages of runs is compared', async () => {
    await tab.open(`${server.url}compare.html?a=${encodeURIComponent('//example.com/x.html')}&b=${encodeURIComponent('runs/a/b/../../x.html')}`);
    expect(await tab.evaluate('document.getElementById("comparison").textContent')).toBe('');
    expect(tab.requests.filter((url) => !url.startsWith(server.url))).toEqual([]);
  });
});
