import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Report } from '../../src/model/report.ts';
import { bundleBytes, type Services, sign, type Signer, statementOf } from '../../src/attest/index.ts';
import type { Accounts } from '../../src/attest/index.ts';
import { toJson } from '../../src/report/index.ts';
import { allGood, input, sampleReport } from '../report/sample.ts';
import { claims, type Sigstore } from './sigstore.ts';

/** The catalogue's digest in the reports of the tests. */
export const suiteDigest = '3f2a91c0'.repeat(8);

/** A report of a run that ended just now, on which everything went well. */
export function goodReport(more: Partial<Report> = {}): Report {
  const { run } = input();
  return { ...sampleReport(allGood, { run: { ...run, startedAt: new Date(Date.now() - 120_000).toISOString() } }), ...more };
}

export function bytesOf(report: Report): Buffer {
  return Buffer.from(toJson(report));
}

export const action = { version: '0.1.0', digest: 'd'.repeat(64), repository: 'smi-conformance/action', ref: 'v1' };

export const workflow = {
  server: 'https://github.com',
  repository: claims.repository,
  workflowRef: claims.workflow_ref,
  workflowSha: claims.workflow_sha,
  runId: claims.run_id,
  runAttempt: claims.run_attempt,
};

export const identity = { repository: 'octo/mesh', workflow: 'conformance.yml' };

export const account = { repository: 'octo/mesh', repositoryId: 4711, workflow: '.github/workflows/conformance.yml', refs: ['refs/heads/main', 'refs/tags/v*'] };

export const accounts: Accounts = { meshes: { osm: { workflows: [account] } } };

/** Few and short waits: what is asked is on this machine. */
export const limits = { retries: 2, pauseMs: 5, timeoutMs: 2000 };

export interface KeyPair {
  publicKey: KeyObject;
  privateKey: KeyObject;
}

export function newKeys(): KeyPair {
  return generateKeyPairSync('ed25519');
}

export function keyless(sigstore: Sigstore, services: Services = sigstore.services): Signer {
  return { kind: 'keyless', oidc: sigstore.oidc, services };
}

/** The bundle of a report, as its file. */
export async function signed(report: Uint8Array, signer: Signer): Promise<Buffer> {
  return bundleBytes(await sign(statementOf({ report, action, workflow }), signer, limits));
}
