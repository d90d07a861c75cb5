import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { startGitHub } from '../stand-ins/github.ts';

const root = join(import.meta.dirname, '../..');

const program = `
import { commentOnPull, setCheck } from './index.js';
const [url, token] = process.argv.slice(2);
const access = { url, token: { reveal: () => token }, owner: 'octo', repo: 'mesh' };
await commentOnPull({ access, pull: 7, fork: false, marker: '<!-- m -->', run: { id: '1', attempt: '1' }, text: 'said by what was built' });
await setCheck({ access, fork: false, name: 'n', commit: 'a'.repeat(40), conclusion: 'success', run: 'r', startedAt: '2026-01-01T00:00:00Z', endedAt: '2026-01-01T00:00:00Z', url: 'https://github.com', title: 't', text: 't' });
`;

test('comment and check work as they are built', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'github-built-'));
  const github = await startGitHub();
  try {
    await build({
      absWorkingDir: root, entryPoints: { index: 'src/github/index.ts' }, outdir: folder, bundle: true, minify: true, splitting: true, platform: 'node', target: 'node24', format: 'esm', logLevel: 'warning',
      banner: { js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);' },
    });
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    await writeFile(join(folder, 'program.js'), program);
    await promisify(execFile)(process.execPath, ['program.js', github.url, github.token], { cwd: folder });
    expect(github.comments).toEqual([expect.objectContaining({ body: expect.stringContaining('said by what was built') })]);
    expect(github.checks).toHaveLength(1);
  } finally {
    await github.close();
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);
