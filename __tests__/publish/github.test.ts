import { execFileSync, spawn } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { publish, type PublishOptions } from '../../src/publish/index.ts';
import { bytesOf, context, openRepository, reportOf, type Repository } from './repository.ts';

const token = 'ghs_0123456789abcdefTOKEN';
const basic = Buffer.from(`x-access-token:${token}`).toString('base64');

// Each of them starts several processes of git.
jest.setTimeout(60_000);

let repository: Repository;
let server: ReturnType<typeof createServer>;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let seen: { path: string; authorization: string | undefined }[];

beforeEach(async () => {
  repository = await openRepository();
  await repository.git('config', 'http.receivepack', 'true');
  await mkdir(join(repository.folder, 'octo'));
  execFileSync('git', ['clone', '--quiet', '--bare', repository.path, join(repository.folder, 'octo', 'mesh.git')], { stdio: 'ignore' });
  execFileSync('git', ['--git-dir', join(repository.folder, 'octo', 'mesh.git'), 'config', 'http.receivepack', 'true']);
  seen = [];
  answer = withGit;
  server = createServer((request, response) => {
    seen.push({ path: request.url ?? '', authorization: request.headers.authorization });
    if (request.headers.authorization !== `Basic ${basic}`) return response.writeHead(401, { 'www-authenticate': 'Basic realm="GitHub"' }).end();
    return answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  await repository[Symbol.asyncDispose]();
});

/** Git's own server program, as a real host has it. */
function withGit(request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env['PATH'], GIT_PROJECT_ROOT: repository.folder, GIT_HTTP_EXPORT_ALL: '1', PATH_INFO: url.pathname, QUERY_STRING: url.search.slice(1), REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '', REMOTE_USER: 'x', HTTP_CONTENT_ENCODING: String(request.headers['content-encoding'] ?? ''), GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    },
  });
  request.pipe(child.stdin);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.on('close', () => {
    const all = Buffer.concat(chunks);
    const end = all.indexOf('\r\n\r\n');
    const headers = Object.fromEntries(all.toString('latin1', 0, end).split('\r\n').map((line) => line.split(': ') as [string, string]));
    response.writeHead(Number.parseInt(headers['Status'] ?? '200', 10), headers).end(all.subarray(end + 4));
  });
}

function options(change: { token?: string; environment?: NodeJS.ProcessEnv } = {}): PublishOptions {
  const serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { ...context, environment: change.environment ?? process.env, github: { owner: 'octo', repo: 'mesh', token: change.token ?? token, serverUrl }, report: bytesOf(reportOf('a1')), limits: { breaks: 0 } };
}

/** Refuses at the push, and lets everything before it through. */
const refusePush = (status: number, text: string): typeof answer => (request, response) => {
  if (!request.url?.includes('receive-pack')) return withGit(request, response);
  response.writeHead(status, { 'content-type': 'text/plain' }).end(text);
};

describe('a repository on GitHub', () => {
  test('is written with the token of the workflow, by one who says so', async () => {
    const { path } = await publish(options());
    const git = (...args: string[]): string => execFileSync('git', ['--git-dir', join(repository.folder, 'octo', 'mesh.git'), ...args], { encoding: 'utf8' });
    expect(git('ls-tree', '-r', '--name-only', 'smi-conformance')).toContain(path);
    expect(git('log', '-1', '--format=%an', 'smi-conformance')).toBe('github-actions[bot]\n');
  });

  test('its token is in no argument, and nothing else of the environment is handed on', async () => {
    const folder = join(repository.folder, 'bin');
    await mkdir(folder);
    const log = join(folder, 'calls');
    const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
    await writeFile(join(folder, 'git'), `#!/bin/sh\nprintf '%s\\n' "$@" >>"${log}"\nenv | grep -v '^GIT_CONFIG_VALUE_' >>"${log}"\nexec ${real} "$@"\n`);
    await chmod(join(folder, 'git'), 0o755);
    const environment = { ...process.env, PATH: `${folder}:${process.env['PATH']}`, INPUT_PROVIDER_TOKEN: 'provider-secret', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'oidc-secret', GIT_TRACE: '1', GIT_DIR: '/nowhere' };
    await publish(options({ environment }));
    const calls = await readFile(log, 'utf8');
    expect(calls).toContain('fast-import');
    for (const secret of [token, basic, 'provider-secret', 'oidc-secret', 'GIT_TRACE', '/nowhere']) expect(calls).not.toContain(secret);
  });

  test('without the permission, the lines to add are named', async () => {
    answer = refusePush(403, 'Write access to repository not granted.');
    const error = await publish(options()).catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ code: 'PUBLISH_REFUSED', message: expect.stringContaining('permissions:\n      contents: write') });
    expect(error).toMatchObject({ message: expect.stringContaining('octo/mesh') });
  });

  test('a token that is not taken is not shown', async () => {
    const bad = 'ghs_expired0000';
    const error = await publish(options({ token: bad })).catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ code: 'PUBLISH_REFUSED', message: expect.stringContaining('github_token: ${{ github.token }}') });
    expect(JSON.stringify([error, (error as Error).message, (error as Error).stack, (error as Error).cause])).not.toContain(bad);
  });

  test('a repository that the token does not see is named', async () => {
    answer = (_, response) => response.writeHead(404).end('Repository not found.');
    await expect(publish(options())).rejects.toMatchObject({ code: 'PUBLISH_REFUSED', message: expect.stringContaining('octo/mesh') });
  });

  test('a protected branch says which rule to change', async () => {
    const hook = join(repository.folder, 'octo', 'mesh.git', 'hooks', 'pre-receive');
    await mkdir(join(hook, '..'), { recursive: true });
    await writeFile(hook, '#!/bin/sh\necho "GH013: Repository rule violations found for refs/heads/smi-conformance." >&2\nexit 1\n');
    await chmod(hook, 0o755);
    await expect(publish(options())).rejects.toMatchObject({ code: 'PUBLISH_REFUSED', message: expect.stringMatching(/Settings → Rules[^]*publish_branch:[^]*GH013/) });
  });

  test('a server that breaks down is tried again, and then given up', async () => {
    let failures = 0;
    answer = (request, response) => (failures++ < 2 ? response.writeHead(503).end() : withGit(request, response));
    expect(await publish({ ...options(), limits: { breaks: 3 } })).toMatchObject({ added: true });
    answer = (_, response) => response.writeHead(502).end();
    await expect(publish({ ...options(), limits: { breaks: 1 } })).rejects.toMatchObject({ code: 'PUBLISH_FAILED', message: expect.stringContaining('502') });
  });

  test('the token follows no redirect', async () => {
    const elsewhere: (string | undefined)[] = [];
    const other = createServer((request, response) => {
      elsewhere.push(request.headers.authorization);
      response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    answer = (request, response) => response.writeHead(302, { location: `http://localhost:${(other.address() as AddressInfo).port}${request.url}` }).end();
    await expect(publish(options())).rejects.toMatchObject({ code: expect.stringMatching(/^PUBLISH_/) });
    await new Promise((resolve) => other.close(resolve));
    expect(seen.length).toBeGreaterThan(0);
    expect(elsewhere).toEqual([]);
  });

  test.each([['http://git.example.com', 'https'], ['https://github.com', 'owner/name']])('%s is checked before anything is sent', async (serverUrl, words) => {
    const github = { owner: words === 'https' ? 'octo' : '../x', repo: 'mesh', token, serverUrl };
    const { remote: _, ...rest } = { ...options(), remote: '' };
    await expect(publish({ ...rest, github } as PublishOptions)).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining(words) });
    expect(seen).toEqual([]);
  });
});
