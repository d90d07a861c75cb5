import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { ConformanceError } from '../../src/model/errors.ts';
import { type CommandError, commandLine, type ProgramOptions, runProgram } from '../../src/tools/index.ts';

jest.setTimeout(30_000);

let folder: string;
let lines: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'program-'));
  lines = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const options = (more: Partial<ProgramOptions> = {}): ProgramOptions => ({ timeoutMs: 30_000, signal: new AbortController().signal, log: (line) => lines.push(line), ...more });
const shell = (script: string, more?: Partial<ProgramOptions>): ReturnType<typeof runProgram> => runProgram('sh', ['-c', script], options(more));

async function failureOf(promise: Promise<unknown>): Promise<CommandError> {
  const error = await promise.then(() => undefined, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(ConformanceError);
  return error as CommandError;
}

/** Waits until a file that a program writes is there. */
async function written(name: string): Promise<string> {
  const path = join(folder, name);
  while (!existsSync(path) || readFileSync(path, 'utf8') === '') await new Promise((resolve) => setTimeout(resolve, 10));
  return readFileSync(path, 'utf8').trim();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

async function isGone(pid: number): Promise<true> {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
  return true;
}

describe('a program', () => {
  test('gets its arguments as they are, and its output comes line by line', async () => {
    const output = await runProgram('printf', ['%s|', '$HOME', 'a b', '"c"', '; ls', '*'], options());
    expect(output).toEqual({ stdout: '$HOME|a b|"c"|; ls|*|', stderr: '' });
    const both = await shell('printf "one\\ntwo"; printf "\\033[31mred\\033[0m\\r50%%\\n\\n" >&2');
    expect(both).toEqual({ stdout: 'one\ntwo', stderr: '\u001b[31mred\u001b[0m\r50%\n\n' });
    expect(lines.toSorted()).toEqual(['$HOME|a b|"c"|; ls|*|', '50%', 'one', 'red', 'two']);
  });

  test('keeps characters whole that come in two pieces', async () => {
    await shell('printf "\\303"; sleep 0.05; printf "\\244\\n"');
    expect(lines).toEqual(['ä']);
  });

  test('reads what it is given, from the folder it is given, and need not read it', async () => {
    expect(await runProgram('cat', [], options({ stdin: 'in' }))).toMatchObject({ stdout: 'in' });
    expect(await runProgram('pwd', [], options({ cwd: folder }))).toMatchObject({ stdout: `${folder}\n` });
    expect(await runProgram('true', [], options({ stdin: 'x'.repeat(1_000_000) }))).toEqual({ stdout: '', stderr: '' });
  });

  test('sees of the environment only what is harmless, and what it is given', async () => {
    const secret = { GITHUB_TOKEN: 's', INPUT_PROVIDER_TOKEN: 's', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 's', RUNNER_TEMP: 's', NPM_TOKEN: 's', AWS_SECRET_ACCESS_KEY: 's', KUBECONFIG: '/home/me/.kube/config', NODE_OPTIONS: '-r x' };
    const harmless = { PATH: process.env['PATH'] ?? '', HOME: '/home/me', DOCKER_HOST: 'unix:///run/x', https_proxy: 'http://proxy', NO_PROXY: 'localhost', XDG_RUNTIME_DIR: '/run/user/1' };
    const { stdout } = await runProgram('env', [], options({ environment: { ...secret, ...harmless }, env: { KUBECONFIG: '/run/own' } }));
    const seen = Object.fromEntries(stdout.trim().split('\n').map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]));
    expect(seen).toEqual({ ...harmless, KUBECONFIG: '/run/own' });
  });
});

describe('a program that fails', () => {
  test('is told with its command, status and last lines', async () => {
    const error = await failureOf(shell('for i in $(seq 30); do echo line $i; done; echo no good >&2; exit 7'));
    expect(error).toMatchObject({ code: 'COMMAND_FAILED', isBadInput: false, trouble: 'status', status: 7 });
    expect(error.message).toMatch(/^the command sh -c 'for i .*' ended with status 7\. Mend what it says, or run it by hand/);
    expect(error.tail.split('\n')).toHaveLength(20);
    expect(error.tail).toMatch(/line 30/);
    expect(error.tail).toMatch(/no good/);
    expect((await failureOf(shell('exit 3'))).message).toMatch(/status 3\. .*It printed nothing\.$/);
  });

  test('is told where it was ended by a signal', async () => {
    expect(await failureOf(shell('kill -SEGV $$'))).toMatchObject({ trouble: 'signal', message: expect.stringContaining('was ended by the signal SIGSEGV') });
  });

  test('is told where it is not there, or may not be run', async () => {
    expect(await failureOf(runProgram('no-such-program', ['x'], options()))).toMatchObject({ trouble: 'missing', message: 'the program no-such-program is not installed. Install it, or put its folder on PATH.' });
    const path = join(folder, 'data');
    writeFileSync(path, 'x');
    expect(await failureOf(runProgram(path, [], options()))).toMatchObject({ trouble: 'started', message: expect.stringContaining('this user may not execute it') });
  });

  test('is stopped when its time is over, with everything that it started', async () => {
    const error = await failureOf(shell(`sleep 60 & echo $! > ${folder}/child; echo begun; wait`, { timeoutMs: 400 }));
    expect(error).toMatchObject({ trouble: 'time', message: expect.stringMatching(/did not end within 0\.4 s and was stopped\. .*begun/s) });
    expect(await isGone(Number(await written('child')))).toBe(true);
  });

  test('is killed where it does not listen', async () => {
    const begun = Date.now();
    const error = await failureOf(shell(`trap '' TERM; (trap '' TERM; echo $(sh -c 'echo $PPID') > ${folder}/child; while :; do sleep 0.1; done) & wait; while :; do sleep 0.1; done`, { timeoutMs: 300 }));
    expect(error.trouble).toBe('time');
    expect(Date.now() - begun).toBeLessThan(10_000);
    expect(await isGone(Number(await written('child')))).toBe(true);
  }, 15_000);

  test('is stopped where it prints without end', async () => {
    expect(await failureOf(shell('yes "$(printf %1000s x)"', { log: () => undefined }))).toMatchObject({ trouble: 'too-much' });
    const longest = { length: 0 };
    expect(await failureOf(runProgram('cat', ['/dev/zero'], options({ log: ({ length }) => (longest.length = Math.max(longest.length, length)) })))).toMatchObject({ trouble: 'too-much' });
    expect(longest.length).toBeLessThan(200_000);
  });
});

describe('a cancel', () => {
  test('ends a program, with everything that it started', async () => {
    const stop = new AbortController();
    const running = failureOf(shell(`sleep 60 & echo $! > ${folder}/child; wait`, { signal: stop.signal }));
    const child = Number(await written('child'));
    stop.abort('SIGTERM');
    expect(await running).toMatchObject({ code: 'CANCELLED', message: 'the run was stopped by SIGTERM' });
    expect(await isGone(child)).toBe(true);
  });

  test('that came before keeps it from being started', async () => {
    expect(await failureOf(shell(`touch ${folder}/started`, { signal: AbortSignal.abort('SIGINT') }))).toMatchObject({ code: 'CANCELLED' });
    expect(existsSync(join(folder, 'started'))).toBe(false);
  });
});

test('what outlives a program and holds its output does not hold up the run', async () => {
  const begun = Date.now();
  await shell(`sleep 30 & echo $! > ${folder}/child; echo done`);
  expect(lines).toEqual(['done']);
  expect(Date.now() - begun).toBeLessThan(8_000);
  process.kill(Number(await written('child')));
}, 15_000);

test('a process that ends takes its programs with it', async () => {
  const script = join(folder, 'parent.ts');
  const source = new URL('../../src/tools/run-program.ts', import.meta.url).href;
  writeFileSync(script, `import { runProgram } from ${JSON.stringify(source)};\nprocess.on('SIGTERM', () => process.exit(5));\nvoid runProgram('sh', ['-c', 'echo $$ > ${folder}/child; sleep 60'], { timeoutMs: 60000, signal: new AbortController().signal, log: () => undefined });\n`);
  const parent = spawn(process.execPath, [script], { stdio: 'inherit' });
  const child = Number(await written('child'));
  parent.kill('SIGTERM');
  expect((await once(parent, 'exit'))[0]).toBe(5);
  expect(await isGone(child)).toBe(true);
}, 20_000);

test('a command line is written as a user would type it', () => {
  expect(commandLine('/bin/helm', ['install', '--set=a.b=1', "it's", ''])).toBe(`/bin/helm install --set=a.b=1 'it'\\''s' ''`);
});
