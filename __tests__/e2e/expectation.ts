import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { Report } from '../../src/model/report.ts';
import type { Verdict } from '../../src/model/specification.ts';

/** What a mesh at a version is known to do (`expected/<mesh>-<version>.yaml`). Each verdict but pass, skip and info names a heading of `docs/findings.md`. */
export interface ExpectedRun {
  exit: number;
  /** By specification: `capability, compliance`. */
  specifications: Record<string, string>;
  /** By `id@version`. */
  verdicts: Record<string, Verdict | { verdict: Verdict; finding: string }>;
}

export async function expectedOf(mesh: { id: string; version: string }): Promise<ExpectedRun> {
  const file = `${mesh.id === 'none' ? 'none' : `${mesh.id}-${mesh.version}`}.yaml`;
  return load(await readFile(join(import.meta.dirname, 'expected', file), 'utf8')) as ExpectedRun;
}

/** What a report shows, in the form of an expectation without its findings. */
export function shownBy(report: Report): Omit<ExpectedRun, 'exit'> {
  return {
    specifications: Object.fromEntries(report.specifications.map(({ specification, capability, compliance }) => [specification, `${capability}, ${compliance}`])),
    verdicts: Object.fromEntries(report.assertions.map(({ id, version, verdict }) => [`${id}@${version}`, verdict])),
  };
}

/** The expectation without its findings. */
export function plain({ verdicts, specifications }: ExpectedRun): Omit<ExpectedRun, 'exit'> {
  return { specifications, verdicts: Object.fromEntries(Object.entries(verdicts).map(([id, expected]) => [id, typeof expected === 'string' ? expected : expected.verdict])) };
}

/** Expected verdicts that need an explanation and have none among the headings of `docs/findings.md`. */
export async function unexplained({ verdicts }: ExpectedRun): Promise<string[]> {
  const text = await readFile(join(import.meta.dirname, '../../docs/findings.md'), 'utf8');
  const headings = new Set(text.split('\n').filter((line) => line.startsWith('#')).map((line) => line.replace(/^#+\s*/, '').trim().toLowerCase().replaceAll(/[^a-z0-9 -]/g, '').replaceAll(' ', '-')));
  return Object.entries(verdicts).flatMap(([id, expected]) => {
    // What is only observed is told by the report itself.
    if (expected === 'pass' || expected === 'skip' || expected === 'info') return [];
    const finding = typeof expected === 'string' ? undefined : expected.finding;
    return finding !== undefined && headings.has(finding) ? [] : [`${id}: ${finding ?? 'no finding'}`];
  });
}
