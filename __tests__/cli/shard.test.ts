import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { identityOf } from '../../src/judge/index.ts';
import type { Report } from '../../src/model/report.ts';
import { useProgram } from './program.ts';

jest.setTimeout(240_000);

const { cli } = useProgram();

/** Passing, failing and inconclusive results, over three fixtures, and gates of three specifications. */
const only = 'traffic-split/weighted-75-25,traffic-split/weighted-90-10,traffic-split/crd-trafficsplit,traffic-access/identity-not-labels,traffic-access/route-not-listed-denied,traffic-specs/method-list,traffic-specs/path-start-anchored';
const run = ['run', '--cluster', 'embedded', '--fault', 'methods-ignored', '--fail-on', 'never', '--only', only];

async function reportIn(file: string): Promise<Report> {
  return JSON.parse(await readFile(join(cli.folder, file), 'utf8')) as Report;
}

const verdicts = ({ assertions }: Report): [string, string][] => assertions.map((result) => [identityOf(result), result.verdict]);

test('the parts of a run make the report of the whole', async () => {
  expect(await cli.run(...run, '--output', 'whole')).toMatchObject({ status: 0 });
  const whole = await reportIn('whole/report.json');
  expect(new Set(verdicts(whole).map(([, verdict]) => verdict))).toEqual(new Set(['pass', 'fail']));
  for (const part of ['1', '2', '3']) expect(await cli.run(...run, '--shard', `${part}/3`, '--durations', 'whole/report.json', '--output', `part-${part}`)).toMatchObject({ status: 0 });
  const files = ['1', '2', '3'].map((part) => `part-${part}/report.json`);
  const parts = await Promise.all(files.map(reportIn));
  for (const part of parts) expect(part.assertions.length).toBeLessThan(whole.assertions.length);
  expect(parts.map(({ run: { shard } }) => shard?.index)).toEqual([1, 2, 3]);

  const { status, stdout, stderr } = await cli.run('report', 'merge', ...files, '--output', 'merged/report.json');
  expect({ status, stderr }).toMatchObject({ status: 0 });
  expect(stdout).toContain('merged from 3 parts');
  const merged = await reportIn('merged/report.json');
  expect(verdicts(merged)).toEqual(verdicts(whole));
  for (const field of ['summary', 'specifications', 'offered', 'incompleteBecause'] as const) expect({ field, is: merged[field] }).toEqual({ field, is: whole[field] });
  expect(await cli.run('verify', 'merged/report.json', '--unsigned')).toMatchObject({ status: 0 });

  expect(await cli.run('report', 'merge', ...files.slice(1), '--output', 'less.json')).toMatchObject({ status: 3, stdout: expect.stringMatching(/part\s+1\s+of\s+3\s+is\s+not\s+there/) });
  await writeFile(join(cli.folder, 'other.json'), JSON.stringify({ ...parts[0], mesh: { ...parts[0]?.mesh, version: '9.9.9' } }));
  expect(await cli.run('report', 'merge', 'other.json', ...files.slice(1), '--output', 'mixed.json')).toMatchObject({ status: 2, stderr: expect.stringContaining('the mesh version differ') });
  await expect(reportIn('mixed.json')).rejects.toMatchObject({ code: 'ENOENT' });
});

test.each<[string, string[], string[]]>([
  ['a part that is none', ['--shard', '4/3'], ['BAD_INPUT', '--shard', '"4/3"', '1/3']],
  ['half a part', ['--shard', '2'], ['BAD_INPUT', '--shard', '"2"', '1/3']],
  ['durations of no parts', ['--durations', 'x.json'], ['BAD_INPUT', '--durations', '--shard']],
  ['durations that are not there', ['--shard', '1/2', '--durations', 'nowhere.json'], ['BAD_INPUT', 'nowhere.json']],
  ['more parts than there is to do', ['--shard', '90/90'], ['BAD_INPUT', 'part 90 of 90', 'fewer']],
])('%s is refused', async (_, args, words) => {
  const { status, stderr } = await cli.run(...run, ...args, '--output', 'refused');
  expect({ status, stderr }).toMatchObject({ status: 2 });
  for (const word of words) expect(stderr).toContain(word);
});
