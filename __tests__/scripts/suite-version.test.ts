import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, jest, test } from '@jest/globals';
import { valid } from 'semver';
import { readVersions, staleness } from '../../scripts/suite-version.ts';
import { loadSuite } from '../../src/suite/index.ts';
import { type Folder, sound, suiteFolder } from '../suite/folder.ts';

jest.setTimeout(60_000);

const root = resolve(import.meta.dirname, '../..');

async function command(...args: string[]): Promise<{ status: number; output: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [join(root, 'scripts/suite-version.ts'), ...args]);
    return { status: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { status: code, output: stdout + stderr };
  }
}

/** A project whose catalogue is the one of its version, with files changed afterwards. */
async function project(changes: Record<string, string> = {}): Promise<Folder> {
  const folder = await suiteFolder(Object.fromEntries([...Object.keys(sound).map((name) => [name, null]), ...Object.entries(sound).map(([name, text]) => [`assertions/${name}`, text])]));
  const { digest } = await loadSuite(join(folder.path, 'assertions'));
  await writeFile(join(folder.path, 'assertions/versions.json'), JSON.stringify([{ version: '1.2.3', digest, changes: 'The first' }]));
  for (const [name, text] of Object.entries(changes)) {
    await mkdir(join(folder.path, 'assertions'), { recursive: true });
    await writeFile(join(folder.path, 'assertions', name), text);
  }
  return folder;
}

const reworded = { 'traffic-access/crd.yaml': (sound['traffic-access/crd.yaml'] ?? '').replace('The definition is served', 'The definition is there') };

test('the catalogue is the one of its version; otherwise the message has the command that gives it the next', async () => {
  expect(await staleness(root)).toBeUndefined();
});

test('every version is there once, and no two have the same catalogue', async () => {
  const versions = await readVersions(root);
  for (const { version, changes } of versions) expect([valid(version), changes.length > 0]).toEqual([version, true]);
  expect(new Set(versions.map(({ version }) => version)).size).toBe(versions.length);
  expect(new Set(versions.map(({ digest }) => digest)).size).toBe(versions.length);
});

test('the document shows the command as it is', async () => {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  expect(scripts['suite-version']).toBe('node scripts/suite-version.ts');
  expect(await readFile(join(root, 'docs/suite-versions.md'), 'utf8')).toMatch(/^ {4}npm run suite-version -- minor "[^"]+"$/m);
});

test('a catalogue that changed under its version is told, with the command', async () => {
  await using same = await project();
  expect(await command('--root', same.path)).toEqual({ status: 0, output: 'The catalogue is the one of its version.\n' });
  await using folder = await project(reworded);
  expect(await command('--root', folder.path)).toEqual({ status: 1, output: expect.stringMatching(/^the catalogue has changed \(sha256:[0-9a-f]{64}\), and version 1\.2\.3 is sha256:[0-9a-f]{64}: run npm run suite-version -- major\|minor\|patch/) });
  await using raised = await project({ 'suite.yaml': 'version: 1.3.0\n' });
  expect(await staleness(raised.path)).toMatch(/suite\.yaml says version 1\.3\.0, and the newest in assertions\/versions\.json is 1\.2\.3/);
});

test.each([['major', '2.0.0'], ['minor', '1.3.0'], ['patch', '1.2.4']])('%s makes it %s', async (part, version) => {
  await using folder = await project(reworded);
  const { status, output } = await command(part, 'Clearer words', '--root', folder.path);
  const { digest, version: now } = await loadSuite(join(folder.path, 'assertions'));
  expect({ status, output, now }).toEqual({ status: 0, output: `version ${version}, sha256:${digest}\n`, now: version });
  expect(await readVersions(folder.path)).toEqual([{ version, digest, changes: 'Clearer words' }, expect.objectContaining({ version: '1.2.3' })]);
  expect(await staleness(folder.path)).toBeUndefined();
});

test('nothing is raised without a change, without words, or by hand', async () => {
  await using same = await project();
  expect(await command('patch', 'Nothing', '--root', same.path)).toEqual({ status: 2, output: 'nothing has changed since version 1.2.3\n' });
  await using folder = await project(reworded);
  for (const args of [['patch'], ['patch', ' '], ['huge', 'Words'], ['patch', 'Words', 'more']]) expect(await command(...args, '--root', folder.path)).toEqual({ status: 2, output: expect.stringContaining('major|minor|patch "what changed"') });
  await using raised = await project({ ...reworded, 'suite.yaml': 'version: 1.3.0\n' });
  expect(await command('minor', 'Words', '--root', raised.path)).toEqual({ status: 2, output: expect.stringContaining('take it back') });
  expect((await readVersions(folder.path))[0].version).toBe('1.2.3');
});
