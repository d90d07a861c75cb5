import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Report } from '../../src/model/report.ts';
import { noErrors, sampleReport } from '../report/sample.ts';

const run = promisify(execFile);

/** A real bare repository in a folder that goes when the test ends. */
export interface Repository {
  folder: string;
  path: string;
  git(...args: string[]): Promise<string>;
  /** Paths in the branch, sorted. */
  files(branch?: string): Promise<string[]>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function openRepository(): Promise<Repository> {
  const folder = await mkdtemp(join(tmpdir(), 'smi-branch-'));
  const path = join(folder, 'origin.git');
  await run('git', ['init', '--quiet', '--bare', '--initial-branch=main', path]);
  const git = async (...args: string[]): Promise<string> => (await run('git', ['--git-dir', path, ...args], { maxBuffer: 64 * 1024 ** 2 })).stdout;
  return {
    folder,
    path,
    git,
    files: async (branch = 'smi-conformance') => (await git('ls-tree', '-r', '--name-only', branch)).trim().split('\n').toSorted(),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A complete report of a real mesh, by the id of its run. */
export function reportOf(id: string, more: { version?: string; startedAt?: string; kubernetes?: string } = {}): Report {
  const report = sampleReport(noErrors);
  return {
    ...report,
    run: { ...report.run, id, startedAt: more.startedAt ?? report.run.startedAt },
    mesh: { ...report.mesh, version: more.version ?? report.mesh.version },
    kubernetes: { ...report.kubernetes, version: more.kubernetes ?? report.kubernetes.version },
  };
}

export function bytesOf(value: unknown): Uint8Array {
  return Buffer.from(typeof value === 'string' ? value : `${JSON.stringify(value, null, 2)}\n`);
}

export const bundle = bytesOf({ mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json' });

export const context = { environment: process.env, signal: new AbortController().signal, log: (): void => undefined };
