import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { removeMade, type Removing } from '../../../src/cluster/boot/index.ts';
import { removeCluster } from '../../../src/cluster/boot/remove.ts';
import type { ClusterMade } from '../../../src/journal/index.ts';
import { type Bed, failureOf, name, nodeImage, openBed, until } from './bed.ts';

jest.setTimeout(30_000);

let bed: Bed;
let started: ChildProcess | undefined;
beforeEach(async () => {
  bed = await openBed();
});
afterEach(async () => {
  started?.kill('SIGKILL');
  await bed.close();
});

const made = (more: Partial<ClusterMade> = {}): ClusterMade => ({ what: 'cluster', tool: 'kind', name, program: bed.programs.path('kind'), kubeconfig: join(bed.folder, 'run', 'kubeconfig'), environment: {}, ...more });
const removing = (): Removing => ({ log: (line) => bed.lines.push(line), environment: bed.programs.environment });
/** Without waiting for what nobody makes here. */
const remove = (what: ClusterMade): Promise<void> => removeCluster(what, removing(), 0);

describe('what a journal names', () => {
  test.each(['kind', 'minikube'] as const)('is removed where it is whole (%s)', async (tool) => {
    await bed.boot({ tool });
    const [left] = await bed.left();
    await remove(left as ClusterMade);
    expect([bed.programs.engine.containers(), readdirSync(join(bed.folder, 'run'))]).toEqual([[], []]);
  });

  test.each(['kind', 'minikube'] as const)('may never have been made, or be gone (%s)', async (tool) => {
    await remove(made({ tool, program: bed.programs.path(tool) }));
    await remove(made({ tool, program: bed.programs.path(tool) }));
    expect(existsSync(join(bed.folder, 'run'))).toBe(false);
  });

  test('is all that is removed', async () => {
    bed.programs.engine.addContainer('other-control-plane', 'other');
    bed.programs.engine.addContainer(`${name}-control-plane`, name);
    await remove(made());
    expect(bed.programs.engine.containers()).toEqual([{ name: 'other-control-plane', cluster: 'other' }]);
  });

  test('is removed with a lock that a killed tool has left on the kubeconfig', async () => {
    await bed.boot();
    const [left] = await bed.left();
    writeFileSync(join(bed.folder, 'run', 'kubeconfig.lock'), '');
    await remove(left as ClusterMade);
    expect(readdirSync(join(bed.folder, 'run'))).toEqual([]);
  });

  test('is not removed twice from a folder that is gone, nor is the folder made again', async () => {
    await bed.boot();
    const [left] = await bed.left();
    rmSync(join(bed.folder, 'run'), { recursive: true });
    await remove(left as ClusterMade);
    expect([bed.programs.engine.containers(), existsSync(join(bed.folder, 'run'))]).toEqual([[], false]);
  });

  test('is removed by another copy of a tool that has gone', async () => {
    bed.programs.engine.addContainer(`${name}-control-plane`, name);
    bed.programs.environment['PATH'] = `${bed.folder}/bin:/usr/bin:/bin`;
    await remove(made({ program: join(bed.folder, 'cache', 'kind') }));
    expect(bed.programs.engine.containers()).toEqual([]);
    expect(bed.lines[0]).toMatch(/kind 0\.33\.0 is on PATH/);
  });

  test('is looked for on the Docker engine that it was made on', async () => {
    await remove(made({ environment: { DOCKER_HOST: 'unix:///elsewhere.sock' } }));
    expect(bed.programs.calls('kind').map(({ env }) => env['DOCKER_HOST'])).toEqual(expect.arrayContaining(['unix:///elsewhere.sock']));
    expect(bed.programs.calls('kind').every(({ env }) => env['DOCKER_HOST'] === 'unix:///elsewhere.sock')).toBe(true);
  });

  test('is waited for where the engine is already removing it, for a run that was killed while it cleaned up', async () => {
    bed.programs.engine.addContainer(`${name}-control-plane`, name);
    bed.programs.fail('delete cluster', 'being-removed');
    await remove(made());
    expect(bed.programs.engine.containers()).toEqual([]);
  });

  test('stays where Docker cannot be used, which is said', async () => {
    bed.programs.fail('delete cluster', 'docker-stopped');
    expect(await failureOf(remove(made()))).toMatchObject({ code: 'NO_DOCKER', message: `kind could not remove the cluster ${name}: Docker cannot be used: its engine does not run. Start it (\`systemctl start docker\`, or Docker Desktop), or point DOCKER_HOST at one that runs.` });
  });
});

describe('a tool that goes on after its run was killed', () => {
  test.each(['hangs', 'hangs-late'] as const)('is ended, and what the engine still makes is removed (%s)', async (fault) => {
    bed.programs.fail('create cluster', fault);
    mkdirSync(join(bed.folder, 'run'));
    const { kubeconfig } = made();
    const orphan = started = spawn(bed.programs.path('kind'), ['create', 'cluster', '--name', name, '--kubeconfig', kubeconfig, '--image', nodeImage, '--retain'], { detached: true, stdio: ['ignore', 'ignore', 'pipe'], env: { ...bed.programs.environment, KUBECONFIG: kubeconfig } });
    const ended = new Promise((resolve) => orphan.once('exit', (_status, signal) => resolve(signal)));
    let said = '';
    orphan.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await until(() => said.includes(fault === 'hangs' ? 'Ensuring node image' : 'Preparing nodes'));
    await removeMade(made(), removing());
    expect(await ended).toBe('SIGKILL');
    // Whatever it finds at first: when the engine has made what it was asked for, that is gone too.
    if (fault === 'hangs-late') await until(() => existsSync(join(bed.programs.engine.folder, 'made-late')));
    expect(bed.programs.engine.containers()).toEqual([]);
  });

  test('of another cluster goes on', async () => {
    bed.programs.fail('create cluster', 'hangs');
    const kubeconfig = join(bed.folder, 'other');
    const other = started = spawn(bed.programs.path('kind'), ['create', 'cluster', '--name', `${name}2`, '--kubeconfig', kubeconfig, '--image', nodeImage], { stdio: 'ignore', env: { ...bed.programs.environment, KUBECONFIG: kubeconfig } });
    await until(() => bed.programs.calls('kind').length > 0);
    await removeMade(made(), removing());
    expect(other.exitCode ?? other.signalCode).toBeNull();
  });
});

describe('a folder', () => {
  test('is removed with all that is in it, and may be gone', async () => {
    const path = join(bed.folder, 'made');
    mkdirSync(join(path, 'deep'), { recursive: true });
    writeFileSync(join(path, 'deep', 'file'), '');
    await removeMade({ what: 'folder', path }, removing());
    await removeMade({ what: 'folder', path }, removing());
    expect(existsSync(path)).toBe(false);
  });

  test.each(['/', homedir(), 'relative'])('is not %s', async (path) => {
    await expect(removeMade({ what: 'folder', path }, removing())).rejects.toThrow(/is not a folder of a run/);
    expect(existsSync(tmpdir())).toBe(true);
  });
});
