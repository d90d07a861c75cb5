import { homedir } from 'node:os';
import { expect, test } from '@jest/globals';
import { readRunner } from '../../src/action/runner.ts';

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
