import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { prepare } from '../../src/action/prepare.ts';
import { readRunner } from '../../src/action/runner.ts';
import type { GitHubPlan } from '../../src/deliver/index.ts';
import { noteTaker } from './toolkit.ts';

test('journals are beside the temporary folder that the runner empties', () => {
  expect(readRunner({ RUNNER_TEMP: '/home/runner/work/_temp' }).stateDirectory).toBe('/home/runner/work/_smi-conformance');
  expect(readRunner({ RUNNER_TEMP: '/elsewhere' }).stateDirectory).toBe('/elsewhere/smi-conformance');
  expect(readRunner({}).stateDirectory).toBe(`${homedir()}/.local/state/smi-conformance`);
});

test('the rest of the environment is read once, empty counting as absent', () => {
  expect(readRunner({ GITHUB_WORKSPACE: '/repo', GITHUB_STEP_SUMMARY: '/summary', KUBECONFIG: '' })).toMatchObject({ workspace: '/repo', summaryFile: '/summary', kubeconfig: undefined });
});

test('artifacts are kept where the runner gives an address and a token for them, which is out of the environment afterwards', () => {
  const given = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_RUN_ATTEMPT: '3', ACTIONS_RUNTIME_TOKEN: 'runtime-secret', ACTIONS_RESULTS_URL: 'https://results.example/' };
  const environment: NodeJS.ProcessEnv = { ...given };
  const { artifacts } = readRunner(environment).github;
  expect(artifacts).toMatchObject({ service: { url: 'https://results.example/' }, attempt: '3' });
  expect(artifacts?.service.token.reveal()).toBe('runtime-secret');
  expect(JSON.stringify([environment, artifacts])).not.toContain('runtime-secret');
  for (const without of [{ ACTIONS_RUNTIME_TOKEN: '' }, { ACTIONS_RESULTS_URL: '' }, { GITHUB_SERVER_URL: 'https://github.company.example' }]) expect(readRunner({ ...given, ...without }).github.artifacts).toBeUndefined();
});

describe('where a run shows what came of it', () => {
  const given = {
    GITHUB_SERVER_URL: 'https://github.com', GITHUB_API_URL: 'https://api.github.com', GITHUB_REPOSITORY: 'octo/mesh', GITHUB_SHA: 'b'.repeat(40), GITHUB_RUN_ID: '5', GITHUB_RUN_ATTEMPT: '2', GITHUB_JOB: 'conformance', GITHUB_ACTION: '__self',
    GITHUB_WORKFLOW_REF: 'octo/mesh/.github/workflows/ci.yml@refs/pull/7/merge', GITHUB_WORKFLOW_SHA: 'c'.repeat(40), INPUT_GITHUB_TOKEN: 'ghs_of_this_job',
  };
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'smi-event-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function planned(event: object, environment: Record<string, string> = {}, inputs: Record<string, string> = {}): Promise<GitHubPlan | undefined> {
    const file = join(folder, 'event.json');
    await writeFile(file, JSON.stringify(event));
    const { plan } = await prepare(noteTaker({ service_mesh: 'osm', ...inputs }).toolkit, readRunner({ ...given, GITHUB_EVENT_PATH: file, ...environment }));
    return plan.github;
  }
  const pullOf = (fullName: string) => ({ repository: { full_name: 'octo/mesh' }, pull_request: { number: 7, head: { sha: 'a'.repeat(40), repo: { full_name: fullName } } } });

  test('of a pull request it is the request, and the commit of its branch', async () => {
    const plan = await planned(pullOf('octo/mesh'), {}, { mesh_version: 'v1.2.4' });
    expect(plan).toMatchObject({
      access: { url: 'https://api.github.com', owner: 'octo', repo: 'mesh' }, pull: 7, fork: false, commit: 'a'.repeat(40), comment: true, check: true,
      run: { id: '5', attempt: '2', url: 'https://github.com/octo/mesh/actions/runs/5' },
      place: { workflow: 'octo/mesh/.github/workflows/ci.yml', job: 'conformance', step: '__self', meshVersion: 'v1.2.4' },
    });
    expect(JSON.stringify(plan)).not.toContain('ghs_of_this_job');
    expect(await planned(pullOf('someone/mesh'))).toMatchObject({ fork: true });
  });

  test('of a push it is the commit that was pushed', async () => {
    const plan = await planned({ repository: { full_name: 'octo/mesh' } }, {}, { comment: 'false', check: 'false' });
    expect(plan).toMatchObject({ commit: 'b'.repeat(40), comment: false, check: false });
    expect(plan).not.toHaveProperty('pull');
  });

  test('without a token, or an address that is safe to send it to, it is nowhere', async () => {
    for (const without of [{ INPUT_GITHUB_TOKEN: '' }, { GITHUB_API_URL: 'http://api.example' }]) expect(await planned(pullOf('octo/mesh'), without)).toBeUndefined();
  });
});
