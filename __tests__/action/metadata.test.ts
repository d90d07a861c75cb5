import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { outputNames, outputsOf } from '../../src/action/outputs.ts';
import { inputs } from '../../src/door/inputs.ts';
import { readMetadata, withTables } from '../../scripts/docs.ts';
import { sampleReport } from '../report/sample.ts';

const root = join(import.meta.dirname, '../..');

describe('action.yml', () => {
  test('has the inputs that the program reads, with the same defaults', async () => {
    const metadata = await readMetadata(root);
    const defaults = Object.fromEntries(Object.entries(metadata.inputs).map(([name, { default: standard = '' }]) => [name, standard]));
    expect(defaults).toEqual(Object.fromEntries(Object.entries(inputs).map(([name, fact]) => [name, fact.default])));
  });

  test('has the outputs that the program sets', async () => {
    const metadata = await readMetadata(root);
    expect(Object.keys(metadata.outputs)).toEqual(outputNames);
    expect(Object.keys(outputsOf({ exitCode: 0, files: {}, report: sampleReport() })).toSorted()).toEqual(outputNames.toSorted());
  });

  test('describes everything in a sentence', async () => {
    const { inputs: ins, outputs: outs } = await readMetadata(root);
    for (const { description } of [...Object.values(ins), ...Object.values(outs)]) expect(description).toMatch(/\.$/);
  });
});

test('the README has the tables of action.yml', async () => {
  const text = await readFile(join(root, 'README.md'), 'utf8');
  expect(withTables(text, await readMetadata(root))).toBe(text);
});
