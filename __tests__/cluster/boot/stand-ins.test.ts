import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { installPrograms, type Programs } from '../../stand-ins/kind-programs.ts';

let folder: string;
let programs: Programs;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stand-ins-'));
  programs = installPrograms(folder, { api: 'http://127.0.0.1:1', images: ['node:1'] });
});
afterAll(() => rmSync(folder, { recursive: true }));

function call(program: string, args: string, env: NodeJS.ProcessEnv = { KUBECONFIG: join(folder, 'kubeconfig') }): { status: number | null; stderr: string } {
  return spawnSync(programs.path(program), args.split(' '), { encoding: 'utf8', env: { ...programs.environment, ...env } });
}

describe('a stand-in refuses what the real program refuses', () => {
  test.each([
    ['kind', 'create cluster --name a --profile b', 'unknown flag: --profile'],
    ['kind', 'create cluster --name a extra', 'unknown command "extra"'],
    ['kind', 'create cluster --name a --wait 5', 'invalid argument "5" for "--wait" flag'],
    ['kind', 'create cluster --name a --image', 'flag needs an argument: --image'],
    ['kind', 'create cluster --name A_B --kubeconfig k', 'is not a valid cluster name'],
    ['kind', 'create --name a', 'unknown command "create"'],
    ['kind', 'cluster create', 'unknown command "cluster"'],
    ['kind', 'delete cluster a', 'unknown command "a"'],
    ['kind', 'get nodes --cluster a', 'unknown flag: --cluster'],
    ['kind', 'export logs one two', 'accepts at most 1 arg(s)'],
    ['kind', 'export logs --name none /tmp/x', 'unknown cluster "none"'],
    ['kind', 'load image-archive --name a', 'requires at least 1 arg(s)'],
    ['kind', 'load image-archive /no/file --name a', 'stat /no/file: no such file or directory'],
    ['kind', 'load docker-image other:1 --name a', 'image: "other:1" not present locally'],
    ['minikube', 'start --name a --driver docker', 'unknown flag: --name'],
    ['minikube', 'start -p a1 --driver dockr', 'DRV_UNSUPPORTED_OS'],
    ['minikube', 'start -p a1 --driver docker --wait nodes', 'MK_USAGE'],
    ['minikube', 'start -p a1 --driver docker --wait-timeout 5', 'invalid argument "5" for "--wait-timeout" flag'],
    ['minikube', 'start -p a1 --driver docker --interactive=no', 'invalid argument "no" for "--interactive" flag'],
    ['minikube', 'start -p a1 --driver docker --kubernetes-version 1.28', 'INET_VERSION_UNAVAILABLE'],
    ['minikube', 'start -p a1 --driver docker --kubernetes-version v1.27.16', 'K8S_OLD_UNSUPPORTED'],
    ['minikube', 'start -p a_b --driver docker', 'is not a valid profile name'],
    ['minikube', 'start a1', 'unknown command "a1"'],
    ['minikube', 'profile list --output yaml', 'invalid output format'],
    ['minikube', 'image load one two -p a1', 'accepts at most 1 arg(s)'],
    ['minikube', 'logs --file x -p a1', 'Profile "a1" not found'],
    ['docker', 'version --json', 'unknown flag: --json'],
    ['docker', 'info', 'unknown command "info"'],
  ])('%s %s', (program, args, message) => {
    const { status, stderr } = call(program, args);
    expect(stderr).toContain(message);
    expect(status).not.toBe(0);
    expect(programs.engine.containers()).toEqual([]);
  });

  test('and never touches a kubeconfig of the user', () => {
    expect(call('kind', 'create cluster --name a --image node:1 --kubeconfig other').stderr).toContain('flag and environment both name');
    expect(call('minikube', 'start -p a1 --driver docker', { KUBECONFIG: undefined }).stderr).toContain("not the user's");
  });
});
