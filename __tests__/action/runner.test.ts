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
