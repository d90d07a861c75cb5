import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { readMetadata } from '../../scripts/docs.ts';
import { findMesh, loadDefinitions } from '../../src/mesh/index.ts';
import { loadSuite } from '../../src/suite/index.ts';

const root = join(import.meta.dirname, '../..');

let page: string;
beforeAll(async () => {
  page = await readFile(join(root, 'docs/migrating.md'), 'utf8');
});

/** The rows of the table below a heading, cell by cell. */
function rowsBelow(heading: string): string[][] {
  const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => /^\| (?!there|group)/.test(line)).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
  expect(rows.length).toBeGreaterThan(3);
  return rows;
}

function codesIn(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

test('the inputs that stay are inputs, and those that are to be left out are none', async () => {
  const { inputs } = await readMetadata(root);
  for (const [before = '', now = ''] of rowsBelow('Inputs')) {
    const [name = ''] = codesIn(before);
    expect({ name, stays: name in inputs }).toEqual({ name, stays: !now.startsWith('leave it out') });
  }
  for (const name of ['mesh_version', 'kubernetes_version', 'node_image', 'mesh_definition', 'baseline', 'fail_on']) {
    expect(page).toContain(`\`${name}`);
    expect(inputs).toHaveProperty(name);
  }
});

test('each name of a mesh is known here, and what is said of it holds, in upper case as well', async () => {
  const known = await loadDefinitions(join(root, 'meshes'));
  const said: Record<string, string> = { 'offer no SMI': 'no-smi', 'offers no SMI': 'no-smi', 'is discontinued': 'discontinued' };
  for (const [before = '', now = ''] of rowsBelow('Names of meshes')) {
    const status = said[now.split(' ').slice(0, 3).join(' ')] ?? said[now.split(':')[0] ?? ''] ?? 'supported';
    for (const name of codesIn(before)) {
      expect({ name, status: findMesh(name, known).status }).toEqual({ name, status });
      expect(findMesh(name.toUpperCase(), known).id).toBe(findMesh(name, known).id);
    }
  }
});

test('each assertion that a step became is one of the suite', async () => {
  const ids = new Set((await loadSuite(join(root, 'assertions'))).assertions.map(({ id }) => id));
  const named = rowsBelow('Where the 24 steps are now').flatMap(([, , now = '']) => codesIn(now));
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((id) => !ids.has(id))).toEqual([]);
});
