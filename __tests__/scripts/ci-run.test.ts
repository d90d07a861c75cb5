import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smi-ci-'));
  await cp(join(root, '.ci/run'), join(folder, 'project/.ci/run'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Puts a program in place of the real one; `commands` says what it does, by what its arguments begin with. */
async function standIn(path: string, commands: Record<string, string>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const cases = Object.entries(commands).map(([begin, does]) => `"${begin}"*) ${does} ;;`);
  await writeFile(path, `#!/bin/sh\ncase "$*" in ${cases.join(' ')} esac\n`);
  await chmod(path, 0o755);
}

/** Runs the checks with an npm that says what `npm` says; everything else of it succeeds. */
async function runWith(npm: Record<string, string>): Promise<{ status: number | null; lines: string[] }> {
  await standIn(join(folder, 'bin/npm'), { ...npm, test: npm['test'] ?? 'echo "20 passed, 0 failed, 1 skipped"' });
  // A port at which nothing listens stands for a cluster that is not up.
  const env = { ...process.env, PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`, CLUSTER_PORT: '1' };
  const { status, stdout } = spawnSync('bash', [join(folder, 'project/.ci/run')], { env, encoding: 'utf8' });
  return { status, lines: stdout.trimEnd().split('\n') };
}

describe('.ci/run', () => {
  test('sums up its checks and the tests in the last line, and says what cannot run here', async () => {
    const { status, lines } = await runWith({});
    // Six checks that count as one, and the tests.
    expect(lines.at(-1)).toBe('26 passed, 0 failed, 2 skipped');
    expect(lines.join('\n')).toMatch(/NOT RUN: .*shared\/cluster is not there/);
    expect(status).toBe(0);
  });

  test('goes on after a failure, and fails', async () => {
    const { status, lines } = await runWith({ 'run types': 'exit 2', test: 'echo "18 passed, 2 failed"; exit 1' });
    expect(lines.at(-1)).toBe('23 passed, 3 failed, 1 skipped');
    expect(lines.join('\n')).toContain('== lint');
    expect(status).toBe(1);
  });

  test('tests that end badly without a failure have failed', async () => {
    const { status, lines } = await runWith({ test: 'echo "20 passed, 0 failed"; exit 1' });
    expect(lines.at(-1)).toBe('26 passed, 1 failed, 1 skipped');
    expect(status).toBe(1);
  });

  test('nothing runs without the packages', async () => {
    const { status, lines } = await runWith({ ci: 'exit 1' });
    expect(lines.at(-1)).toBe('0 passed, 1 failed, 1 skipped');
    expect(status).toBe(1);
  });

  test('where the cluster is there, what fails on the real mesh fails', async () => {
    await standIn(join(folder, 'shared/cluster/up'), { '': 'echo starting >&2; echo /the/kubeconfig' });
    await standIn(join(folder, 'shared/cluster/mesh'), { '': 'true' });
    await standIn(join(folder, 'shared/cluster/down'), { '': 'true' });
    const good = await runWith({ 'run e2e': 'test "$KUBECONFIG" = /the/kubeconfig && echo "7 passed, 0 failed"' });
    expect({ status: good.status, last: good.lines.at(-1) }).toEqual({ status: 0, last: '35 passed, 0 failed, 1 skipped' });
    const bad = await runWith({ 'run e2e': 'echo "6 passed, 1 failed"; exit 1' });
    expect({ status: bad.status, last: bad.lines.at(-1) }).toEqual({ status: 1, last: '34 passed, 1 failed, 1 skipped' });
  });

  test('where a Docker engine is there, the whole action runs in it, and it is stopped afterwards', async () => {
    await standIn(join(folder, 'shared/cluster/up'), { '': 'echo /the/kubeconfig' });
    await standIn(join(folder, 'shared/cluster/down'), { '': 'true' });
    await standIn(join(folder, 'shared/cluster/mesh'), { 'images osm': 'echo building; echo /images/one.tar; echo /images/two.tar', '': 'true' });
    const stopped = join(folder, 'stopped');
    await standIn(join(folder, 'shared/cluster/docker'), { up: 'echo kindest/node:v1.34.4', 'inside docker': 'exit 1', inside: 'shift; exec "$@"', down: `touch ${stopped}` });
    const whole = 'test "$E2E_NODE_IMAGE $E2E_OSM_IMAGES" = "kindest/node:v1.34.4 /images/one.tar /images/two.tar " && echo "1 passed, 0 failed"';
    const good = await runWith({ 'run e2e --silent -- --testPathPatterns=e2e/whole': whole, 'run e2e': 'echo "7 passed, 0 failed"' });
    expect({ status: good.status, last: good.lines.at(-1), stopped: existsSync(stopped) }).toEqual({ status: 0, last: '38 passed, 0 failed, 1 skipped', stopped: true });
    const bad = await runWith({ 'run e2e --silent -- --testPathPatterns=e2e/whole': 'echo "0 passed, 1 failed"; exit 1', 'run e2e': 'echo "7 passed, 0 failed"' });
    expect({ status: bad.status, last: bad.lines.at(-1) }).toEqual({ status: 1, last: '37 passed, 1 failed, 1 skipped' });
  });
});
