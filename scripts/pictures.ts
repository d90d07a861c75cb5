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

/** The pages of runs, one of each mesh. */
const runs = new Map<string, string>();
for await (const page of glob('runs/*/**/*.html', { cwd: site })) runs.set(page.split('/')[1] ?? '', page);

interface Picture {
  name: string;
  page: string;
  size: number[];
  dark?: true;
}

const pictures: Picture[] = [
  { name: 'overview', page: 'index.html', size: [1280, 1000] },
  { name: 'overview-phone', page: 'index.html', size: [500, 900] },
  { name: 'overview-dark', page: 'index.html', size: [1280, 1000], dark: true },
  ...[...runs].map(([mesh, page]) => ({ name: `run-${mesh}`, page, size: [1280, 1100] })),
];

const folder = join(import.meta.dirname, '../docs/pictures');
await mkdir(folder, { recursive: true });
for (const picture of pictures) {
  const profile = await mkdtemp(join(tmpdir(), 'smi-pictures-'));
  try {
    const [width, height] = picture.size;
    await promisify(execFile)(program, [
      '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars', `--user-data-dir=${profile}`, ...(picture.dark ? ['--force-dark-mode'] : []),
      `--window-size=${width},${height}`, `--screenshot=${join(folder, `${picture.name}.png`)}`, pathToFileURL(join(site, picture.page)).href,
    ]);
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
}
process.stdout.write(`${pictures.length} pictures are in docs/pictures\n`);
