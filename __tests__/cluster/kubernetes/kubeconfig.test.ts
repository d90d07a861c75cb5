import { mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { openKubernetes } from '../../../src/cluster/kubernetes/index.ts';
import { readKubeconfig } from '../../../src/cluster/kubernetes/kubeconfig.ts';
import { failure, kubeconfig, scratch } from './helpers.ts';

const remedy = /Give the path of a kubeconfig that works with `kubectl` by the input `kubeconfig`\.$/;

describe('bad kubeconfigs', () => {
  const secret = 'eyJhbGciOiJSUzI1NiJ9';
  const valid = kubeconfig('https://10.0.0.1:6443', { token: secret });
  const cases: [what: string, text: string, expected: RegExp][] = [
    ['an empty file', '', /is not a kubeconfig/],
    ['a text', 'just words', /has no current context/],
    ['a list', '- a\n- b\n', /has no current context/],
    ['no context set', valid.replace('current-context: here', ''), /has no current context \(`kubectl config use-context` sets one\)/],
    ['an unknown context', valid.replace('current-context: here', 'current-context: there'), /has no context "there"/],
    ['an unknown cluster', valid.replace('cluster: c,', 'cluster: d,'), /has no cluster "d", which its current context "here" names/],
    ['an unknown user', valid.replace('user: u }', 'user: v }'), /has no user "v"/],
    ['a server that is no URL', valid.replace('https://10.0.0.1:6443', 'not a url'), /gives cluster "c" a server that is no URL/],
    ['a server of another kind', valid.replace('https://', 'ftp://'), /gives cluster "c" a server that is no URL/],
    ['a server that is missing', valid.replace('"server":', '"sever":'), /clusters\[0\]\.cluster\.server is missing/],
    ['malformed YAML', `${valid}users:\n  - token: ${secret}\n - x: [`, /in line \d+/],
  ];
  test.each(cases)('%s', async (_what, text, expected) => {
    using files = scratch();
    const path = files.write('config', text);
    const error = await failure(openKubernetes({ kubeconfig: path }));
    expect(error.code).toBe('NO_KUBECONFIG');
    expect(error.isBadInput).toBe(true);
    expect(error.message).toMatch(expected);
    expect(error.message).toContain(path);
    expect(error.message).toMatch(remedy);
    expect(`${error.message} ${String(error.cause)}`).not.toContain(secret);
  });

  test('a file that is not there, and a folder', async () => {
    using files = scratch();
    const missing = await failure(openKubernetes({ kubeconfig: join(files.path, 'none') }));
    expect(missing.message).toMatch(/none does not exist\. /);
    const folder = await failure(openKubernetes({ kubeconfig: files.path }));
    expect(folder.message).toContain(`${files.path} is a directory. `);
    const empty = await failure(openKubernetes({ kubeconfig: '' }));
    expect(empty.message).toMatch(/is empty/);
    const none = await failure(openKubernetes({ kubeconfig: ['/none/a', '/none/b'].join(delimiter) }));
    expect(none.message).toContain(`None of the kubeconfigs /none/a${delimiter}/none/b exists`);
  });
});

describe('several kubeconfigs', () => {
  test('are merged: the first to set something wins, and those that are missing are left out', () => {
    using files = scratch();
    const first = files.write('first', 'contexts: [{ name: mine, context: { cluster: c, user: u } }]\ncurrent-context: mine\n');
    const second = files.write('second', kubeconfig('https://second:6443'));
    const third = files.write('third', kubeconfig('https://third:6443', { token: 'abc' }));
    const access = readKubeconfig([join(files.path, 'none'), first, second, third].join(delimiter));
    expect(access.context).toBe('mine');
    expect(access.cluster.server).toBe('https://second:6443');
    expect(access.user?.token).toBeUndefined();
  });

  test('have paths that are meant from where each file lies', () => {
    using files = scratch();
    mkdirSync(join(files.path, 'sub'));
    const path = files.write('sub/config', kubeconfig('https://a', { 'client-certificate': 'c.pem', 'client-key': '/abs/k.pem', tokenFile: '../token', exec: { command: './login' } }, { 'certificate-authority': 'pki/ca.pem' }));
    const { cluster, user } = readKubeconfig(path);
    expect(cluster.caFile).toBe(join(files.path, 'sub/pki/ca.pem'));
    expect(user).toMatchObject({ certFile: join(files.path, 'sub/c.pem'), keyFile: '/abs/k.pem', tokenFile: join(files.path, 'token'), exec: { command: join(files.path, 'sub/login') } });
  });

  test('leave the name of a program as it is', () => {
    using files = scratch();
    const path = files.write('config', kubeconfig('https://a', { exec: { command: 'login' } }));
    expect(readKubeconfig(path).user?.exec).toMatchObject({ command: 'login' });
  });
});
