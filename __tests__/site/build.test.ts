import { createHash } from 'node:crypto';
import { mkdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { load } from 'js-yaml';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { publish, runPathOf } from '../../src/publish/index.ts';
import { openRepository } from '../publish/repository.ts';
import { goodOsm, openSiteFolder, osm, type SiteFolder, usualRuns } from './folder.ts';
import { variantOf, writeRuns } from './variants.ts';

jest.setTimeout(60_000);

let site: SiteFolder;
beforeEach(async () => {
  site = await openSiteFolder();
});
afterEach(async () => {
  await site[Symbol.asyncDispose]();
});

const runs = usualRuns();
const pathOf = (index: number): string => runPathOf(runs[index] ?? osm);
const pageOf = (index: number): string => pathOf(index).replace('.json', '.html');

describe('the pages', () => {
  test('show every run, mesh, assertion and change, each also as JSON and YAML', async () => {
    await writeRuns(site.runs, runs);
    const figures = await site.build();
    expect(figures).toMatchObject({ runs: 5, refused: [] });
    const all = await site.all();
    for (const page of ['index', 'runs/index', 'runs/2026-10', 'meshes/osm/index', 'meshes/traefik-mesh/index', 'meshes/osm/changes/v1.2.0-to-v1.2.4', 'assertions/traffic-split/weighted-75-25', 'about', pathOf(0).replace('.json', '')]) {
      expect([...all.keys()]).toEqual(expect.arrayContaining([`${page}.html`, `${page}.json`, `${page}.yaml`]));
      expect(load(all.get(`${page}.yaml`) ?? '')).toEqual(JSON.parse(all.get(`${page}.json`) ?? ''));
    }
    for (const [path, html] of all) {
      if (!path.endsWith('.html')) continue;
      for (const [, target = ''] of html.matchAll(/(?:href|src)="([^"#?]+)[^"]*"/g)) {
        if (!/^(https|data):/.test(target)) expect([path, all.has(join(dirname(path), decodeURIComponent(target)))]).toEqual([path, true]);
      }
    }
  });

  test('have an anchor for each result that is linked', async () => {
    await writeRuns(site.runs, runs);
    await site.build();
    const all = await site.all();
    let linked = 0;
    for (const [path, html] of all) {
      for (const [, target = '', anchor = ''] of html.matchAll(/href="([^"#?]*)#([^"]+)"/g)) {
        linked++;
        expect([target, anchor, all.get(target === '' ? path : join(dirname(path), decodeURIComponent(target)))?.includes(`id="${decodeURIComponent(anchor)}"`)]).toEqual([target, anchor, true]);
      }
    }
    expect(linked).toBeGreaterThan(50);
  });

  test('keep the report as it was signed', async () => {
    await writeRuns(site.runs, runs);
    await site.build();
    expect(await site.page(pathOf(0))).toBe(`${JSON.stringify(runs[0], null, 2)}\n`);
    expect(await site.page(pageOf(0))).toContain(createHash('sha256').update(await site.page(pathOf(0))).digest('hex'));
  });

  test('ask nobody for anything, and let nothing be asked', async () => {
    await writeRuns(site.runs, runs);
    await site.build();
    for (const [path, text] of await site.all()) {
      if (path.endsWith('.html')) {
        expect(text).toContain("default-src &#39;none&#39;; style-src &#39;self&#39;; script-src &#39;self&#39;");
        expect(text).not.toMatch(/<(?:script|link|img|iframe)[^>]*(?:src|href)="(?:https?:)?\/\//);
        expect(text).not.toMatch(/ style="| on\w+="|javascript:/);
      }
      if (path.endsWith('.css')) expect(text).not.toMatch(/@import|url\(/);
    }
  });

  test('are the same for the same runs, in whatever order they come', async () => {
    await writeRuns(site.runs, runs);
    await site.build();
    const first = await site.all();
    await rm(site.out, { recursive: true });
    await rename(join(site.runs, pathOf(4)), join(site.runs, 'aaa.json'));
    await site.build();
    const second = await site.all();
    expect([...second.keys()]).toEqual([...first.keys()]);
    for (const [path, text] of first) if (path !== 'manifest.json') expect(second.get(path)).toBe(text);
  });

  test('say what changed since the run before on the same Kubernetes', async () => {
    await writeRuns(site.runs, runs);
    await site.build();
    const after = await site.page(pageOf(3));
    expect(after).toContain('Since the run before');
    expect(after).toMatch(/Worse[^]*port-mapping@v1alpha2[^]*before: pass[^]*after: fail/);
    expect(await site.page(pageOf(1))).not.toContain('Since the run before');
  });

  test('name the bug of a failure that is known, for its versions only', async () => {
    await writeRuns(site.runs, runs);
    const file = join(site.runs, '..', 'known.yaml');
    await writeFile(file, '- mesh: osm\n  assertion: traffic-access/identity-not-labels\n  meshVersions: "<1.2.0"\n  bug: https://example.com/bug/7\n  note: labels <b>count</b>\n');
    await site.build({ knownFailures: file });
    expect(await site.page(pageOf(0))).toMatch(/example\.com\/bug\/7[^]*labels &lt;b&gt;count/);
    expect(await site.page(pageOf(1))).not.toContain('example.com/bug');
    expect(await site.page('meshes/osm/index.html')).toContain('href="https://example.com/bug/7"');
    await writeFile(file, '- mesh: osm\n  assertion: traffic-access/x\n  bug: javascript:alert(1)\n');
    await expect(site.build({ knownFailures: file })).rejects.toMatchObject({ code: 'BAD_DEFINITION', message: expect.stringContaining(':3:') });
    await writeFile(file, '- mesh: osm\n  assertion: traffic-access/x\n  bug: https://x.example\n  meshVersions: new ones\n');
    await expect(site.build({ knownFailures: file })).rejects.toMatchObject({ code: 'BAD_DEFINITION', message: expect.stringContaining('range') });
  });

  test('come of nothing, too', async () => {
    await mkdir(site.runs, { recursive: true });
    expect(await site.build()).toMatchObject({ runs: 0 });
    expect(await site.page('index.html')).toContain('There are no runs yet');
  });
});

describe('files that are no result', () => {
  test('are told, and leave the others alone', async () => {
    await writeRuns(site.runs, runs.slice(0, 2));
    const bad: Record<string, string> = {
      'broken.json': '{', 'other.json': '{"hello": 1}', 'newer.json': JSON.stringify({ ...osm, schemaVersion: 2 }), 'filtered.json': JSON.stringify({ ...osm, run: { ...osm.run, only: ['x'] } }),
      'embedded.json': JSON.stringify({ ...osm, kubernetes: { version: 'v1', cluster: 'embedded' } }), 'twice.json': JSON.stringify(runs[0]), 'large.json': ' '.repeat(9 * 1024 ** 2),
    };
    for (const [name, text] of Object.entries(bad)) await writeFile(join(site.runs, name), text);
    const figures = await site.build();
    expect(figures.runs).toBe(2);
    const why = Object.fromEntries(figures.refused.map((one) => [one.path, one.why]));
    expect(Object.keys(why).toSorted()).toEqual(expect.arrayContaining(['broken.json', 'embedded.json', 'filtered.json', 'large.json', 'newer.json', 'other.json']));
    expect(Object.keys(why)).toHaveLength(7);
    expect(why['newer.json']).toContain('newer one');
    expect(await site.page('about.html')).toContain('filtered.json');
    expect(await site.build()).toMatchObject({ runs: 2, written: 0 });
  });

  test('nothing that a report says becomes markup, a script, or a path', async () => {
    const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
    const hostile = variantOf(osm, { mesh: { id: 'osm', name: evil }, version: `../../../${evil}`, kubernetes: evil, suite: evil, id: evil, startedAt: '2026-11-20T10:00:00Z' });
    hostile.warnings = [evil];
    hostile.mesh.images = [{ image: evil, digest: evil, kind: 'digest' }];
    for (const result of hostile.assertions) Object.assign(result, { title: evil, reason: evil, expected: evil, seen: evil, requirement: { text: evil, source: evil } });
    for (const step of hostile.assertions.flatMap(({ steps }) => steps)) if (step.verb === 'always') step.measured.seen[0] = { ...(step.measured.seen[0] ?? never()), answers: { [evil]: 3 }, traffic: { from: evil, to: evil, path: evil } };
    await writeRuns(site.runs, [hostile, ...runs]);
    await writeFile(join(site.runs, '<script>alert(2)<!--.json'), '{');
    const figures = await site.build();
    expect(figures).toMatchObject({ runs: 6 });
    const all = await site.all();
    for (const [path, text] of all) {
      expect(path).toMatch(/^[\w.+~/-]+$/);
      if (path.endsWith('.html')) expect(text).not.toMatch(/<script>|<img|onerror=alert\(1\)>(?!.*&gt;)|alert\(2\)<!--/);
    }
    expect([...all.values()].some((text) => text.includes('&lt;script&gt;alert(1)'))).toBe(true);
    const strange = { ...hostile, assertions: hostile.assertions.map((result, index) => (index === 0 ? { ...result, id: `traffic-split/${evil}` } : result)) };
    await writeFile(join(site.runs, 'strange.json'), JSON.stringify(strange));
    expect((await site.build()).refused.map(({ path }) => path)).toContain('strange.json');
  });
});

function never(): never {
  throw new Error('the sample has no such look');
}

describe('building again', () => {
  test('writes nothing where nothing changed, however the files were copied', async () => {
    await writeRuns(site.runs, runs);
    await site.build();
    expect(await site.build()).toMatchObject({ written: 0, removed: 0, runs: 5 });
    for (const index of runs.keys()) await utimes(join(site.runs, pathOf(index)), new Date(0), new Date(0));
    expect(await site.build()).toMatchObject({ written: 0, removed: 0, runs: 5 });
  });

  test('gives the same as building anew, for one run more, one changed and one less', async () => {
    await writeRuns(site.runs, runs.slice(0, 4));
    await site.build();
    const untouched = await stat(join(site.out, pageOf(0)));
    await writeRuns(site.runs, runs.slice(4));
    const more = await site.build();
    expect(more.written).toBeLessThan(more.files);
    expect((await stat(join(site.out, pageOf(0)))).mtimeMs).toBe(untouched.mtimeMs);
    await rm(join(site.runs, pathOf(2)));
    const less = await site.build();
    expect(less.removed).toBeGreaterThan(2);
    const again = await site.all();
    await rm(site.out, { recursive: true });
    await site.build();
    const anew = await site.all();
    expect([...again.keys()]).toEqual([...anew.keys()]);
    for (const [path, text] of anew) if (path !== 'manifest.json') expect([path, again.get(path)]).toEqual([path, text]);
  });

  test('mends a page that is gone, and begins anew after a manifest that is broken', async () => {
    await writeRuns(site.runs, runs);
    await site.build();
    const page = await site.page(pageOf(1));
    await rm(join(site.out, pageOf(1)));
    expect(await site.build()).toMatchObject({ written: 1 });
    expect(await site.page(pageOf(1))).toBe(page);
    await writeFile(join(site.out, 'manifest.json'), '{"manifest":1}');
    await expect(site.build()).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('manifest.json') });
  });

  test('touches no folder that holds something else, and none within the runs', async () => {
    await writeRuns(site.runs, runs);
    await mkdir(site.out, { recursive: true });
    await writeFile(join(site.out, 'thesis.txt'), 'mine');
    await expect(site.build()).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining(site.out) });
    const { buildSite } = await import('../../src/site/index.ts');
    const options = { environment: process.env, signal: new AbortController().signal, log: (): void => undefined };
    await expect(buildSite(site.runs, join(site.runs, 'pages'), options)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(buildSite(site.runs, site.runs, options)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(site.build({ signal: AbortSignal.abort('SIGINT') })).rejects.toMatchObject({ code: expect.stringMatching(/CANCELLED|BAD_INPUT/) });
  });
});

describe('who made a result', () => {
  const bundleFor = (bytes: Buffer): string => JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: { publicKey: { hint: 'key <one>' } },
    dsseEnvelope: { payload: Buffer.from(JSON.stringify({ subject: [{ name: 'report.json', digest: { sha256: createHash('sha256').update(bytes).digest('hex') } }] })).toString('base64') },
  });

  test('is what the bundle says, as long as it is for this file', async () => {
    await writeRuns(site.runs, runs.slice(0, 1), bundleFor);
    await writeRuns(site.runs, runs.slice(1, 2), () => bundleFor(Buffer.from('another file')));
    await writeRuns(site.runs, runs.slice(2, 3));
    await site.build();
    expect(await site.page(pageOf(0))).toMatch(/Signed, by its own account, with the key <code>key &lt;one&gt;<\/code>/);
    expect(await site.page(pathOf(0).replace('.json', '.sigstore.json'))).toContain('key <one>');
    expect(await site.page(pageOf(1))).toContain('its bundle was made for another file');
    expect(await site.page(pageOf(2))).toContain('unsigned');
  });

  test('is checked where there is a verifier, again when its policy changes', async () => {
    await writeRuns(site.runs, runs.slice(0, 2), bundleFor);
    let asked = 0;
    const verify = (signer: string) => async (): Promise<{ signer: string }> => {
      asked++;
      if (signer === '') throw new Error('the signature is not of this key');
      return { signer };
    };
    await site.build({ verifier: { policy: 'one', verify: verify('octo/mesh') } });
    expect(await site.page(pageOf(0))).toMatch(/signature verified<\/b>: signed with the key <code>octo\/mesh/);
    await site.build({ verifier: { policy: 'one', verify: verify('octo/mesh') } });
    expect(asked).toBe(2);
    await site.build({ verifier: { policy: 'two', verify: verify('') } });
    expect(asked).toBe(4);
    expect(await site.page(pageOf(0))).toContain('the signature is not of this key');
  });

  test('that nothing could check is told with the reason, and a signer who is not enrolled as such', async () => {
    await writeRuns(site.runs, runs.slice(0, 1), bundleFor);
    await site.build({ verifier: { policy: 'one', verify: () => Promise.resolve({ unchecked: 'there was no <network>' }) } });
    expect(await site.page(pageOf(0))).toMatch(/Signed, by its own account, with the key .* was not checked when this page was made: there was no &lt;network&gt;\.<\/p>/);
    const account = { ok: true, detail: 'robot may publish for osm' };
    await site.build({ verifier: { policy: 'two', verify: () => Promise.resolve({ signer: 'robot', account }) } });
    expect(await site.page(pageOf(0))).toContain('robot may publish for osm, by the list of accounts.');
    expect(await site.page('index.html')).toContain('signature verified');
    await site.build({ verifier: { policy: 'three', verify: () => Promise.resolve({ signer: 'robot', account: { ok: false, detail: 'the key is no account of osm' } }) } });
    expect(await site.page(pageOf(0))).toMatch(/does not count as the mesh's own: the key is no account of osm\./);
    expect(await site.page('index.html')).toContain('signed, not enrolled');
    expect(await site.page('index.html')).not.toContain('signature verified');
  });

  test('reports can stay in the branch, and be linked', async () => {
    await writeRuns(site.runs, runs, bundleFor);
    const sourceUrl = 'https://example.com/o/r/blob/smi-conformance/';
    const figures = await site.build({ sourceUrl });
    const all = await site.all();
    expect(all.has(pathOf(0))).toBe(false);
    expect(all.get(pageOf(0))).toContain(`href="${sourceUrl}${pathOf(0)}"`);
    expect(all.get(pageOf(0))).toContain(`href="${sourceUrl}${pathOf(0).replace('.json', '.sigstore.json')}"`);
    expect(figures.bytes).toBeGreaterThan(0);
  });
});

test('a branch that was published to is a site as it is', async () => {
  const repository = await openRepository();
  try {
    const context = { environment: process.env, signal: new AbortController().signal, log: (): void => undefined };
    for (const report of [osm, variantOf(goodOsm, { id: 'bb', startedAt: '2026-11-22T10:00:00Z' })]) await publish({ ...context, remote: repository.path, report: Buffer.from(JSON.stringify(report)) });
    const { buildSite } = await import('../../src/site/index.ts');
    expect(await buildSite(repository.path, site.out, context)).toMatchObject({ runs: 2, refused: [] });
    expect(await buildSite(repository.path, site.out, context)).toMatchObject({ runs: 2, written: 0 });
  } finally {
    await repository[Symbol.asyncDispose]();
  }
});
