import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { notesOf } from '../../scripts/release.ts';

const root = join(import.meta.dirname, '../..');
const changelog = '# Changelog\n\nWords.\n\n## 1.2.3 (2026-01-31)\n\n- One.\n\n### More\n\n- Two.\n\n## 1.2.2\n\n- Old.\n\n## 1.2.1\n';
const release = { tag: 'v1.2.3', version: '1.2.3', locked: '1.2.3', changelog };

test('the notes of a release are what the changelog says of its version', () => {
  expect(notesOf(release)).toBe('- One.\n\n### More\n\n- Two.');
  expect(notesOf({ ...release, tag: 'v1.2.2', version: '1.2.2', locked: '1.2.2' })).toBe('- Old.');
});

describe('there is no release', () => {
  test.each([
    ['of another version than the tag', { tag: 'v1.2.2' }, 'the tag is v1.2.2, and package.json has 1.2.3'],
    ['with a tag that is none', { tag: 'main' }, 'main is no tag of a release'],
    ['with another version in the lock file', { locked: '1.2.2' }, 'package-lock.json has 1.2.2'],
    ['that the changelog does not know', { tag: 'v1.2.4', version: '1.2.4', locked: '1.2.4' }, 'no section "## 1.2.4"'],
    ['of which the changelog says nothing', { tag: 'v1.2.1', version: '1.2.1', locked: '1.2.1' }, 'says nothing of 1.2.1'],
    ['of the beginning of a version', { tag: 'v1.2', version: '1.2', locked: '1.2' }, 'no section "## 1.2"'],
  ])('%s', (_what, change, told) => {
    expect(() => notesOf({ ...release, ...change })).toThrow(told);
  });
});

test('this version is ready to be released', async () => {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const run = (tag: string): Promise<{ stdout: string }> => promisify(execFile)(process.execPath, [join(root, 'scripts/release.ts'), tag]);
  expect((await run(`v${version}`)).stdout).toContain('- ');
  await expect(run('v99.0.0')).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('v99.0.0') });
});
