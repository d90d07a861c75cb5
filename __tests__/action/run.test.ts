import { EventEmitter } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { runAction } from '../../src/action/run.ts';
import { readRunner } from '../../src/action/runner.ts';
import { type Built, buildProgram } from '../cli/built.ts';
import { type Child, openChild } from '../cli/child.ts';
import { startResultsService } from '../stand-ins/results-service.ts';
import { noteTaker } from './toolkit.ts';

jest.setTimeout(120_000);

let program: Built;
beforeAll(async () => {
  program = await buildProgram();
});
afterAll(async () => program[Symbol.asyncDispose]());

/** A step of the action as a runner starts it, with the files that it gives. */
async function openStep(entry: 'main' | 'post', inputs: Record<string, string>, more: Record<string, string> = {}): Promise<Child & { file(name: 'output' | 'summary'): Promise<string> }> {
  const given = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
  const child = await openChild(program[entry], (folder) => ({ ...given, GITHUB_WORKSPACE: folder, GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary'), RUNNER_TEMP: folder, ...more }));
  for (const name of ['output', 'summary']) await writeFile(join(child.folder, name), '');
  return { ...child, file: (name) => readFile(join(child.folder, name), 'utf8') };
}

/** The names and values in a runner's file of outputs: `name<<delimiter`, value, delimiter. */
function outputsIn(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/^(\w+)<<(\S+)\r?\n([^]*?)\r?\n\2$/gm)].map(([, name, , value]) => [name, value]));
}

describe('the main step as a process', () => {
  test('a bad input ends it with 2, an annotation that says what to do, and no stack', async () => {
    await using step = await openStep('main', { service_mesh: 'osm', mesh_deployed: 'maybe' });
    const { status, stdout, stderr } = await step.run();
    expect(status).toBe(2);
    expect(stdout).toContain('::error::BAD_INPUT: mesh_deployed is "maybe": write true or false');
    expect(stdout + stderr).not.toContain('    at ');
    expect(outputsIn(await step.file('output'))).toEqual({ result: 'incomplete' });
  });

  test('a run on the embedded cluster fills groups, outputs and summary', async () => {
    await using step = await openStep('main', { cluster: 'embedded', only: 'traffic-split/crd-trafficsplit' });
    const { status, stdout } = await step.run();
    expect({ status, errors: stdout.split('\n').filter((line) => line.startsWith('::error')) }).toEqual({ status: 0, errors: [] });
    expect(stdout).toMatch(/::group::Run the assertions[^]*traffic-split\/crd-trafficsplit[^]*::endgroup::/);
    const outputs = outputsIn(await step.file('output'));
    expect(outputs).toMatchObject({ result: 'incomplete', failed: '0', traffic_split_compliance: 'incomplete', report: join(step.folder, 'results/report.json') });
    expect(Number(outputs['passed'])).toBeGreaterThan(0);
    const report = JSON.parse(await readFile(outputs['report'] ?? '', 'utf8')) as { summary: { pass: number } };
    expect(String(report.summary.pass)).toBe(outputs['passed']);
    expect(await step.file('summary')).toContain('traffic-split');
  });

  test('where the runner keeps artifacts, the files of the run are one, unless they are not wanted', async () => {
    const service = await startResultsService();
    try {
      const runner = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_RUN_ATTEMPT: '1', ACTIONS_RUNTIME_TOKEN: service.token, ACTIONS_RESULTS_URL: service.url };
      await using step = await openStep('main', { cluster: 'embedded', only: 'traffic-split/crd-trafficsplit' }, runner);
      expect(await step.run()).toMatchObject({ status: 0, stdout: expect.stringContaining('kept as the artifact smi-conformance-reference-') });
      expect([...service.stored.keys()]).toEqual([outputsIn(await step.file('output'))['artifact']]);
      await using without = await openStep('main', { cluster: 'embedded', only: 'traffic-split/crd-trafficsplit', artifact: 'false' }, runner);
      expect((await without.run()).status).toBe(0);
      expect(service.stored.size).toBe(1);
    } finally {
      await service.close();
    }
  });
});

describe('the post step as a process', () => {
  test('says nothing and ends well where nothing was left', async () => {
    await using step = await openStep('post', {});
    expect(await step.run()).toEqual({ status: 0, signal: null, stdout: '', stderr: '' });
  });

  test('a run that cannot be reached any more is a warning, not a failure', async () => {
    await using step = await openStep('post', {});
    const { openJournal } = await import('../../src/journal/index.ts');
    // A process number that no system gives.
    openJournal(join(step.folder, 'smi-conformance'), { id: 'abc123', server: 'https://127.0.0.1:1', kubeconfig: join(step.folder, 'gone'), pid: 2 ** 30 }).close();
    const { status, stdout } = await step.run();
    expect(status).toBe(0);
    expect(stdout).toContain('run abc123');
    expect(stdout).toContain('::warning::');
    expect(stdout).not.toContain('    at ');
  });
});

describe('secrets', () => {
  const secrets = { provider_token: 'provider-secret-token', stream_url: 'https://user:pass-of-stream@events.example/x', github_token: 'ghs_secret_of_this_job', signing_key: 'this-is-no-key-0123456789\nand-its-second-line' };
  const given = Object.fromEntries(Object.entries(secrets).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));

  const shown = /secret-token|pass-of|ghs_secret|no-key|second-line|request-secret/;

  test('are out of the environment, and masked before anything is said', async () => {
    const environment: NodeJS.ProcessEnv = { ...given, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'oidc-request-secret', ACTIONS_ID_TOKEN_REQUEST_URL: 'https://oidc.example' };
    const runner = readRunner(environment);
    expect(JSON.stringify([environment, runner])).not.toMatch(shown);
    const { toolkit, said } = noteTaker({ service_mesh: 'osm', mesh_deployed: 'maybe' });
    expect(await runAction(toolkit, runner, new EventEmitter())).toBe(2);
    const masks = said.slice(0, said.findIndex((line) => !line.startsWith('setSecret: ')));
    expect(masks).toEqual(expect.arrayContaining([...Object.values(secrets), 'and-its-second-line'].map((secret) => `setSecret: ${secret}`)));
    expect(said.slice(masks.length).join('\n')).not.toMatch(shown);
  });

  test.each([
    ['a key that is none', { signing_key: 'this-is-no-key-0123456789' }, 'signing_key is not in PEM'],
    ['a provider by http', { provider_token: 'provider-secret-token', provider_url: 'http://provider.example' }, 'provider_url is http://provider.example'],
    ['a stream to nowhere', { stream_url: 'nowhere/secret' }, 'stream_url is not an address'],
    ['an upload that is required, without a token', { require_upload: 'true' }, 'require_upload is true'],
    ['regressions without a baseline', { fail_on: 'must,regression' }, 'give baseline'],
    ['the latest of no branch', { baseline: 'latest' }, 'publish_branch'],
  ])('%s is told before the run', async (_what, inputs, words) => {
    await using step = await openStep('main', { cluster: 'embedded', ...inputs });
    const { status, stdout } = await step.run();
    expect({ status, stdout }).toMatchObject({ status: 2, stdout: expect.stringContaining(`::error::BAD_INPUT: ${words}`.slice(0, 20)) });
    expect(stdout).toContain(words);
    expect(stdout.split('\n').filter((line) => !line.startsWith('::add-mask::')).join('\n')).not.toMatch(/secret-token|nowhere\/secret|no-key/);
  });
});
