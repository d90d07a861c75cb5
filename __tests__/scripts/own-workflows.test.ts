import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';

const root = join(import.meta.dirname, '../..');

interface Workflow {
  permissions: Record<string, string>;
  jobs: Record<string, { needs?: string; permissions: Record<string, string>; steps: { uses?: string; run?: string; with?: Record<string, string> }[] }>;
}

let texts: Map<string, string>;
let workflows: Map<string, Workflow>;
beforeAll(async () => {
  const folder = join(root, '.github/workflows');
  texts = new Map(await Promise.all((await readdir(folder)).map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)));
  workflows = new Map([...texts].map(([name, text]) => [name, load(text) as Workflow]));
});

describe('the workflows of this repository', () => {
  test('give each job what it needs, and nothing more', () => {
    const rights = [...workflows].flatMap(([file, { permissions, jobs }]) => {
      expect({ file, permissions }).toEqual({ file, permissions: {} });
      return Object.entries(jobs).map(([job, one]) => [`${file} ${job}`, one.permissions]);
    });
    const writing = Object.fromEntries(rights.filter(([, permissions]) => Object.values(permissions as object).includes('write')));
    expect(writing).toEqual({
      'codeql.yml analyze': { contents: 'read', 'security-events': 'write' },
      'pages.yml deploy': { pages: 'write', 'id-token': 'write' },
      'release.yml release': { contents: 'write', 'id-token': 'write', attestations: 'write' },
      'scorecard.yml scorecard': { contents: 'read', 'security-events': 'write', 'id-token': 'write' },
    });
  });

  test('take each action at one commit only', () => {
    const pins = new Map<string, Set<string>>();
    for (const text of texts.values()) {
      for (const [, action = '', commit = '', version = ''] of text.matchAll(/uses: ([\w-]+\/[\w-]+)\S*@([0-9a-f]{40}) # (v\S+)/g)) pins.set(action, (pins.get(action) ?? new Set()).add(`${commit} ${version}`));
    }
    expect(pins.size).toBeGreaterThan(5);
    for (const [action, commits] of pins) expect({ action, commits: commits.size }).toEqual({ action, commits: 1 });
  });

  test('that may write run nothing that a package brings along', () => {
    const jobs = [...workflows.values()].flatMap((workflow) => Object.values(workflow.jobs)).filter(({ permissions }) => Object.values(permissions).includes('write'));
    const commands = jobs.flatMap(({ steps }) => steps.flatMap(({ run = [] }) => run));
    expect(commands.filter((command) => /\bnpm |\bnpx /.test(command))).toEqual([]);
  });

  test('release only what was checked, and attest all that the action runs', async () => {
    const { check, release } = workflows.get('release.yml')?.jobs ?? {};
    expect(release?.needs).toBe('check');
    const commands = check?.steps.flatMap(({ run = [] }) => run);
    expect(commands).toEqual(expect.arrayContaining(['npm run check-dist', 'npm test', 'node scripts/release.ts "$TAG"']));
    const patterns = (release?.steps.find(({ uses = '' }) => uses.startsWith('actions/attest@'))?.with?.['subject-path'] ?? '').trim().split('\n');
    const covered = (path: string): boolean => patterns.some((pattern) => pattern === path || (pattern.endsWith('/*') && path.slice(0, path.lastIndexOf('/')) === pattern.slice(0, -2)));
    const files = (await readdir(join(root, 'dist'), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1));
    expect(files.length).toBeGreaterThan(10);
    expect(['action.yml', ...files].filter((path) => !covered(path))).toEqual([]);
  });
});
