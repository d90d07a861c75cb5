import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { loadConnection } from '../../../src/cluster/kubernetes/config.ts';
import { createPlugin } from '../../../src/cluster/kubernetes/plugin.ts';
import { failure, kubeconfig, scratch } from './helpers.ts';

const server = 'https://10.0.0.1:6443';

async function connectionOf(user: object, cluster: object = {}, files: Record<string, string> = {}) {
  const folder = scratch();
  for (const [name, text] of Object.entries(files)) folder.write(name, text);
  const connection = await loadConnection(folder.write('config', kubeconfig(server, user, cluster)));
  return { ...connection, folder, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

describe('credentials of a kubeconfig', () => {
  test('a token', async () => {
    using connection = await connectionOf({ token: 'tok-1' });
    expect((await connection.credentials()).headers).toEqual({ Authorization: 'Bearer tok-1' });
    expect(connection.secrets()).toContain('tok-1');
  });

  test('a file with a token, which is written anew', async () => {
    using connection = await connectionOf({ tokenFile: 'token' }, {}, { token: 'first\n' });
    expect((await connection.credentials()).headers).toEqual({ Authorization: 'Bearer first' });
    connection.folder.write('token', 'second\n');
    expect((await connection.credentials()).headers).toEqual({ Authorization: 'Bearer second' });
    expect(connection.secrets()).toEqual(['first', 'second']);
  });

  test('name and password, and somebody else to act as', async () => {
    using connection = await connectionOf({ username: 'me', password: 'pass', as: 'other' });
    expect((await connection.credentials()).headers).toEqual({ Authorization: `Basic ${Buffer.from('me:pass').toString('base64')}`, 'Impersonate-User': 'other' });
  });

  test('certificates, in the file or beside it', async () => {
    const inside = Buffer.from('CA').toString('base64');
    using connection = await connectionOf({ 'client-certificate': 'cert', 'client-key-data': Buffer.from('KEY').toString('base64') }, { 'certificate-authority-data': inside, 'tls-server-name': 'other' }, { cert: 'CERT' });
    expect(await connection.credentials()).toMatchObject({ ca: Buffer.from('CA'), cert: Buffer.from('CERT'), key: Buffer.from('KEY'), servername: 'other' });
    expect(await connection.credentials()).not.toHaveProperty('rejectUnauthorized');
  });

  test('an authority that is not checked', async () => {
    using connection = await connectionOf({}, { 'insecure-skip-tls-verify': true });
    expect(await connection.credentials()).toMatchObject({ rejectUnauthorized: false });
  });

  test('a proxy, whose agent is kept', async () => {
    using connection = await connectionOf({ token: 't' }, { 'proxy-url': 'http://user:geheim@127.0.0.1:3128' });
    const { agent, headers } = await connection.credentials();
    expect(agent).toBeDefined();
    expect(headers).toEqual({ Authorization: 'Bearer t' });
    expect((await connection.credentials()).agent).toBe(agent);
    expect(connection.secrets()).toContain('geheim');
  });

  test('a file that is not there', async () => {
    const error = await failure(connectionOf({ tokenFile: '/none/token' }));
    expect(error.code).toBe('NO_KUBECONFIG');
    expect(error.message).toMatch(/^The credentials of context "here" in .*config cannot be read: the file \/none\/token does not exist\. Give the path/);
  });
});

describe('a credential plug-in', () => {
  const plugin = (script: string, exec: object = {}) => ({ exec: { apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: ['-e', script], ...exec } });
  const printing = (status: object, more = '') => `${more};console.log(JSON.stringify({ kind: 'ExecCredential', status: ${JSON.stringify(status)} }))`;

  test('gives a token, runs once for many calls, and is told what client-go tells it', async () => {
    const count = `require('node:fs').appendFileSync(process.env.COUNT, process.env.KUBERNETES_EXEC_INFO + '\\n')`;
    using files = scratch();
    const file = join(files.path, 'count');
    using connection = await connectionOf(plugin(printing({ token: 'from-plugin' }, count), { env: [{ name: 'COUNT', value: file }], provideClusterInfo: true }));
    const answers = await Promise.all([connection.credentials(), connection.credentials(), connection.credentials()]);
    expect(answers.map(({ headers }) => headers)).toEqual(Array(3).fill({ Authorization: 'Bearer from-plugin' }));
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ kind: 'ExecCredential', apiVersion: 'client.authentication.k8s.io/v1', spec: { interactive: false, cluster: { server } } });
    expect(connection.secrets()).toContain('from-plugin');
  });

  test('runs again when what it gave has expired', async () => {
    using files = scratch();
    const count = `require('node:fs').appendFileSync(process.env.COUNT, 'x')`;
    const file = join(files.path, 'count');
    using connection = await connectionOf(plugin(printing({ token: 't', expirationTimestamp: '2020-01-01T00:00:00Z' }, count), { env: [{ name: 'COUNT', value: file }] }));
    await connection.credentials();
    await connection.credentials();
    expect(readFileSync(file, 'utf8')).toBe('xxx');
  });

  test('gives a certificate', async () => {
    using connection = await connectionOf(plugin(printing({ clientCertificateData: 'CERT', clientKeyData: 'KEY' })));
    expect(await connection.credentials()).toMatchObject({ cert: 'CERT', key: 'KEY' });
  });

  test('that does not end is given up, also where what it has started goes on', async () => {
    const user = { name: 'u', exec: { command: 'sh', args: ['-c', 'sleep 3; echo {}'] } };
    const started = performance.now();
    await expect(createPlugin(user, { name: 'c', server, skipTLSVerify: false }, 100)({})).rejects.toThrow('their plug-in did not end within 0.1 s');
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  const failing: [what: string, user: object, expected: RegExp][] = [
    ['is not installed', plugin('', { command: 'no-such-plugin' }), /their plug-in, the program "no-such-plugin", is not installed/],
    ['fails with words', plugin('console.error("log in first."); process.exit(1)'), /cannot be read: log in first\. Give/],
    ['fails without a word', plugin('process.exit(1)'), /their plug-in failed without a word/],
    ['prints no JSON', plugin('console.log("ey-secret-token")'), /prints something else/],
    ['prints other JSON', plugin('console.log("{}")'), /prints something else/],
  ];
  test.each(failing)('that %s', async (_what, user, expected) => {
    const error = await failure(connectionOf(user));
    expect(error.code).toBe('NO_KUBECONFIG');
    expect(error.message).toMatch(expected);
    expect(`${error.message} ${String(error.cause)}`).not.toContain('ey-secret');
  });
});
