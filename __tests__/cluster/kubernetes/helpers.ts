import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standardPatience } from '../../../src/cluster/kubernetes/call.ts';
import { loadConnection } from '../../../src/cluster/kubernetes/config.ts';
import { connect } from '../../../src/cluster/kubernetes/connect.ts';
import type { Cluster } from '../../../src/cluster/port.ts';
import { ConformanceError } from '../../../src/model/errors.ts';
import type { ApiServer } from '../../stand-ins/api-server.ts';

/** So that tests of what fails for good need no seconds. */
export const briefPatience = { attemptMs: 300, totalMs: 600, lostMs: 600, webhookMs: 600 };

/** A kubeconfig's text; `user` and `cluster` are JSON, which is YAML too. */
export function kubeconfig(server: string, user: object = {}, cluster: object = {}): string {
  return [
    'apiVersion: v1',
    'kind: Config',
    'current-context: here',
    `clusters: [{ name: c, cluster: ${JSON.stringify({ server, ...cluster })} }]`,
    `users: [{ name: u, user: ${JSON.stringify(user)} }]`,
    'contexts: [{ name: here, context: { cluster: c, user: u } }]',
    '',
  ].join('\n');
}

/** A folder for the files of one test, removed with it. */
export function scratch(): { path: string; write(name: string, text: string): string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), 'kubernetes-'));
  return {
    path,
    write(name, text) {
      writeFileSync(join(path, name), text);
      return join(path, name);
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true }),
  };
}

/** The port on a stand-in. */
export async function open(api: ApiServer, patience = standardPatience, user: object = {}): Promise<Cluster> {
  using files = scratch();
  return connect(await loadConnection(files.write('config', kubeconfig(api.url, user))), patience, patience);
}

/** What a promise rejects with; it must be a `ConformanceError`. */
export async function failure(promise: Promise<unknown>): Promise<ConformanceError> {
  const error = await rejection(promise);
  if (!(error instanceof ConformanceError)) throw new Error('rejected otherwise than foreseen', { cause: error });
  return error;
}

/** What a promise rejects with; it must reject. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  const settled = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in settled) return settled.error;
  throw new Error(`resolved with ${JSON.stringify(settled.value)}`);
}
