import { execFile } from 'node:child_process';
import { glob, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { findChromium } from '../__tests__/site/browser.ts';

/**
 * Takes the pictures of `docs/publishing.md` from the pages of real runs: `node scripts/pictures.ts SITE`, where SITE is what `report site` wrote.
 * Ends with an error where there is no Chromium, or the pages are not there.
 */
const [site] = process.argv.slice(2);
if (site === undefined) throw new Error('name the folder of the pages: node scripts/pictures.ts SITE');
const program = findChromium();
if (program === undefined) throw new Error('there is no Chromium on this machine: install it');

/** The page of a mesh's only run. */
async function runOf(mesh: string): Promise<string> {
  for await (const page of glob(`runs/${mesh}/**/*.html`, { cwd: site })) return page;
  throw new Error(`the pages hold no run of ${mesh}`);
}

const pictures = [
  { name: 'overview', page: 'index.html', size: [1280, 1000] },
  { name: 'overview-phone', page: 'index.html', size: [500, 900] },
  { name: 'overview-dark', page: 'index.html', size: [1280, 1000], dark: true },
  { name: 'run-osm', page: await runOf('osm'), size: [1280, 1100] },
  { name: 'run-traefik-mesh', page: await runOf('traefik-mesh'), size: [1280, 1100] },
] as const;

const folder = join(import.meta.dirname, '../docs/pictures');
await mkdir(folder, { recursive: true });
for (const picture of pictures) {
  const profile = await mkdtemp(join(tmpdir(), 'smi-pictures-'));
  try {
    const [width, height] = picture.size;
    await promisify(execFile)(program, [
      '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars', `--user-data-dir=${profile}`, ...('dark' in picture ? ['--force-dark-mode'] : []),
      `--window-size=${width},${height}`, `--screenshot=${join(folder, `${picture.name}.png`)}`, pathToFileURL(join(site, picture.page)).href,
    ]);
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
}
process.stdout.write(`${pictures.length} pictures are in docs/pictures\n`);
