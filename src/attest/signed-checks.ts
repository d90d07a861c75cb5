import type { KeyObject } from 'node:crypto';
import type { TrustedRoot } from '@sigstore/protobuf-specs';
import type { Report } from '../model/report.ts';
import type { Accounts } from './accounts.ts';
import type { BundleRead } from './bundle-file.ts';
import { type Check, notMade } from './check.ts';
import { checkAccount, checkIdentity, type ExpectedIdentity, type Outcome } from './identity.ts';
import type { ReportRead } from './report-bytes.ts';
import { robotsOf } from './robots.ts';
import { type SignedBy, verifySignature } from './signature.ts';
import { checkDigest, checkStatement, statementIn } from './stated.ts';
import { sha256, type Statement } from './statement.ts';

/** Whose signature counts, and by what it is checked. */
export interface Signers {
  /** The public key that must have signed. */
  key?: KeyObject | undefined;
  /** The workflow that must have signed. */
  identity?: ExpectedIdentity | undefined;
  /** Who may publish: from this program's release, or from who verifies; never from where the report comes from. */
  accounts?: Accounts | undefined;
  /** What keyless signatures are checked by. */
  trustedRoots?: readonly TrustedRoot[] | undefined;
  /** Gives that of Sigstore's public instance, where there is none and a keyless signature is to be checked. */
  publicRoot?: (() => Promise<TrustedRoot>) | undefined;
}

export interface SignedFiles {
  /** The bytes of the report. */
  bytes: Uint8Array;
  /** What they hold. */
  read: ReportRead;
  /** Absent where there is none. */
  bundle: BundleRead | undefined;
}

/** Every check of a report's signature, and of its signer: all but those that ask whether the report is sound in itself. */
export async function signedChecks(files: SignedFiles, signers: Signers): Promise<{ checks: Check[]; by?: SignedBy }> {
  const { read } = files;
  const report = 'report' in read ? read.report : undefined;
  const signed = await signedStatement(files, signers);
  const by = 'by' in signed ? signed.by : undefined;
  const checks: Check[] = [
    { name: 'report', ...('problem' in read ? { ok: false, detail: read.problem } : { ok: true, detail: aboutOf(read.report) }) },
    ...signed.checks,
    ...('statement' in signed ? statementChecks(files.bytes, report, signed, signers) : notMade(['identity', 'digest', 'statement'], 'the signature')),
    ...accountChecks(signers, report, by),
  ];
  return { checks, ...(by !== undefined && { by }) };
}

type Signed = { checks: Check[] } | { checks: Check[]; by: SignedBy; statement: Statement };

async function signedStatement({ bundle: read }: SignedFiles, { key, accounts, trustedRoots, publicRoot }: Signers): Promise<Signed> {
  if (read === undefined) return { checks: [{ name: 'bundle', ok: false, detail: 'there is none: the report is unsigned, so nobody can tell who made it' }, ...notMade(['signature'], 'the bundle')] };
  if ('problem' in read) return { checks: [{ name: 'bundle', ok: false, detail: read.problem }, ...notMade(['signature'], 'the bundle')] };
  const bundle: Check = { name: 'bundle', ok: true, detail: 'a Sigstore bundle v0.3' };
  const robots = accounts === undefined ? [] : robotsOf(accounts);
  const verified = await verifySignature(read.bundle, { keys: key === undefined ? robots.map((robot) => robot.key) : [key], trustedRoots: trustedRoots ?? [], publicRoot });
  if ('problem' in verified) return { checks: [bundle, { name: 'signature', ok: false, detail: verified.problem }] };
  const stated = statementIn(read.bundle.content.dsseEnvelope.payload);
  if ('problem' in stated) return { checks: [bundle, { name: 'signature', ok: false, detail: stated.problem }] };
  const { by } = verified;
  const detail = by.kind === 'key' ? 'holds' : `holds, witnessed by ${by.witness}, on ${by.at.toISOString()}`;
  return { checks: [bundle, { name: 'signature', ok: true, detail }], by, statement: stated.statement };
}

function statementChecks(bytes: Uint8Array, report: Report | undefined, { by, statement }: { by: SignedBy; statement: Statement }, { identity, key, accounts }: Signers): Check[] {
  const digest = sha256(bytes);
  return [
    { name: 'identity', ...checkIdentity(by, { identity, given: key !== undefined, listed: accounts !== undefined }) },
    { name: 'digest', ...checkDigest(statement, digest) },
    ...(report === undefined ? notMade(['statement'], 'the report') : [{ name: 'statement' as const, ...checkStatement(statement, { report, digest, by }) }]),
    ...(report === undefined || by.kind === 'key' ? [] : [{ name: 'time' as const, ...checkTime(report, by.at) }]),
  ];
}

/** Clocks of machines may differ by so much. */
const toleranceMs = 10 * 60_000;

function checkTime({ run }: Report, signedAt: Date): Outcome {
  const ended = new Date(Date.parse(run.startedAt) + run.durationMs);
  if (ended.getTime() - signedAt.getTime() <= toleranceMs) return { ok: true, detail: `the run ended on ${ended.toISOString()}` };
  return { ok: false, detail: `the run says that it ended on ${ended.toISOString()}, after it was signed (${signedAt.toISOString()}): the clock of the machine that ran it was wrong` };
}

function accountChecks({ accounts }: Signers, report: Report | undefined, by: SignedBy | undefined): Check[] {
  if (accounts === undefined) return [];
  if (by === undefined || report === undefined) return notMade(['account'], by === undefined ? 'the signature' : 'the report');
  return [{ name: 'account', ...checkAccount(by, report.mesh.id, accounts) }];
}

function aboutOf({ mesh, run, suite }: Report): string {
  return `${mesh.name} ${mesh.version}, suite ${suite.version}, run ${run.id}`;
}
