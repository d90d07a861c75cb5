import type { KeyObject } from 'node:crypto';
import type { TrustedRoot } from '@sigstore/protobuf-specs';
import type { Report } from '../model/report.ts';
import { recompute } from '../report/index.ts';
import type { Accounts } from './accounts.ts';
import { readBundle } from './bundle-file.ts';
import { checkAccount, checkIdentity, type ExpectedIdentity, type Outcome } from './identity.ts';
import { readPublicKey } from './key.ts';
import { reportIn } from './report-bytes.ts';
import { type SignedBy, verifySignature } from './signature.ts';
import { checkDigest, checkStatement, statementIn } from './stated.ts';
import type { Statement } from './statement.ts';

export interface VerifyInput {
  /** The bytes of the report. */
  report: Uint8Array;
  /** The bytes of its bundle; absent where there is none. */
  bundle?: Uint8Array | undefined;
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
  /** Digest of the catalogue that this release has. */
  suiteDigest?: string | undefined;
  /** The ids of its assertions: what a report calls added must be none of them, and all else must be. */
  suiteIds?: ReadonlySet<string> | undefined;
  /** Digest of the assertions that were added, from who has their files. */
  addedDigest?: string | undefined;
}

/** In the order in which they are made. */
export const checkNames = ['report', 'bundle', 'signature', 'identity', 'digest', 'statement', 'time', 'figures', 'catalogue', 'added', 'account'] as const;

export interface Check extends Outcome {
  name: (typeof checkNames)[number];
}

export interface Verification {
  /** All checks hold. */
  ok: boolean;
  checks: Check[];
  /** Who signed, where the signature holds. */
  by?: SignedBy;
}

/** Checks a report and its signature from end to end. Whatever is wrong with them is in the answer; each check that could not be made for what came before says so, and does not hold. */
export async function verify(input: VerifyInput): Promise<Verification> {
  const read = reportIn(input.report);
  const report = 'report' in read ? read.report : undefined;
  const signed = await signedStatement(input);
  const checks: Check[] = [
    { name: 'report', ...('problem' in read ? { ok: false, detail: read.problem } : { ok: true, detail: aboutOf(read.report) }) },
    ...signed.checks,
    ...('statement' in signed ? statementChecks(input, report, signed) : notMade(['identity', 'digest', 'statement'], 'the signature')),
    ...figureChecks(input, report),
    ...accountChecks(input, report, 'by' in signed ? signed.by : undefined),
  ];
  const ordered = checks.toSorted((one, other) => checkNames.indexOf(one.name) - checkNames.indexOf(other.name));
  return { ok: checks.every(({ ok }) => ok), checks: ordered, ...('by' in signed && { by: signed.by }) };
}

type Signed = { checks: Check[] } | { checks: Check[]; by: SignedBy; statement: Statement };

async function signedStatement({ bundle: bytes, key, accounts, trustedRoots, publicRoot }: VerifyInput): Promise<Signed> {
  if (bytes === undefined) return { checks: [{ name: 'bundle', ok: false, detail: 'there is none: the report is unsigned, so nobody can tell who made it' }, ...notMade(['signature'], 'the bundle')] };
  const read = await readBundle(bytes);
  if ('problem' in read) return { checks: [{ name: 'bundle', ok: false, detail: read.problem }, ...notMade(['signature'], 'the bundle')] };
  const bundle: Check = { name: 'bundle', ok: true, detail: 'a Sigstore bundle v0.3' };
  const keys = key === undefined ? robotKeys(accounts) : [key];
  const verified = await verifySignature(read.bundle, { keys, trustedRoots: trustedRoots ?? [], publicRoot });
  if ('problem' in verified) return { checks: [bundle, { name: 'signature', ok: false, detail: verified.problem }] };
  const stated = statementIn(read.bundle.content.dsseEnvelope.payload);
  if ('problem' in stated) return { checks: [bundle, { name: 'signature', ok: false, detail: stated.problem }] };
  const { by } = verified;
  const detail = by.kind === 'key' ? 'holds' : `holds, witnessed by ${by.witness}, on ${by.at.toISOString()}`;
  return { checks: [bundle, { name: 'signature', ok: true, detail }], by, statement: stated.statement };
}

function statementChecks({ report: bytes, identity, key, accounts }: VerifyInput, report: Report | undefined, { by, statement }: { by: SignedBy; statement: Statement }): Check[] {
  return [
    { name: 'identity', ...checkIdentity(by, { identity, given: key !== undefined, listed: accounts !== undefined }) },
    { name: 'digest', ...checkDigest(statement, bytes) },
    ...(report === undefined ? notMade(['statement'], 'the report') : [{ name: 'statement' as const, ...checkStatement(statement, { report, bytes, by }) }]),
    ...(report === undefined || by.kind === 'key' ? [] : [{ name: 'time' as const, ...checkTime(report, by.at) }]),
  ];
}

function figureChecks({ suiteDigest, suiteIds, addedDigest }: VerifyInput, report: Report | undefined): Check[] {
  if (report === undefined) return notMade(suiteDigest === undefined ? ['figures'] : ['figures', 'catalogue'], 'the report');
  const differences = recompute(report);
  const [first] = differences;
  const figures: Outcome = first === undefined
    ? { ok: true, detail: 'follow from the assertions' }
    : { ok: false, detail: `${differences.length} do not follow from the assertions, such as ${first.where}: the report says ${shown(first.stated)}, and they give ${shown(first.derived)}` };
  return [{ name: 'figures', ...figures }, ...(suiteDigest === undefined ? [] : [{ name: 'catalogue' as const, ...checkCatalogue(report, suiteDigest, suiteIds) }]), ...addedChecks(report, addedDigest)];
}

function checkCatalogue({ suite, assertions }: Report, digest: string, ids: ReadonlySet<string> | undefined): Outcome {
  // A failure that is called an addition would count for nothing.
  const wrong = suite.digest === digest && ids !== undefined ? assertions.find(({ id, added }) => ids.has(id) === (added === true)) : undefined;
  if (wrong !== undefined) return { ok: false, detail: wrong.added ? `${wrong.id} is an assertion of the suite, and the report calls it added, so that it counts for nothing` : `the suite has no assertion ${wrong.id}` };
  if (suite.digest === digest) return { ok: true, detail: `suite ${suite.version} of this release` };
  return { ok: false, detail: `the report was made with another catalogue (suite ${suite.version}, sha256:${suite.digest}) than this release has (sha256:${digest}): verify it with the release that has it, or somebody changed an assertion` };
}

/** Only whoever has the files of what was added can say that they are the same. */
function addedChecks({ suite: { added } }: Report, digest: string | undefined): Check[] {
  if (added === undefined) return digest === undefined ? [] : [{ name: 'added', ok: false, detail: 'nothing was added to the suite' }];
  const what = `${added.assertions} assertion${added.assertions === 1 ? '' : 's'}, sha256:${added.digest}`;
  if (digest === undefined) return [{ name: 'added', ok: true, detail: `${what}: not looked at, since no figure counts them` }];
  return [digest === added.digest ? { name: 'added', ok: true, detail: what } : { name: 'added', ok: false, detail: `the report was made with ${what}, and those given are sha256:${digest}` }];
}

function accountChecks({ accounts }: VerifyInput, report: Report | undefined, by: SignedBy | undefined): Check[] {
  if (accounts === undefined) return [];
  if (by === undefined || report === undefined) return notMade(['account'], by === undefined ? 'the signature' : 'the report');
  return [{ name: 'account', ...checkAccount(by, report.mesh.id, accounts) }];
}

/** Clocks of machines may differ by so much. */
const toleranceMs = 10 * 60_000;

function checkTime({ run }: Report, signedAt: Date): Outcome {
  const ended = new Date(Date.parse(run.startedAt) + run.durationMs);
  if (ended.getTime() - signedAt.getTime() <= toleranceMs) return { ok: true, detail: `the run ended on ${ended.toISOString()}` };
  return { ok: false, detail: `the run says that it ended on ${ended.toISOString()}, after it was signed (${signedAt.toISOString()}): the clock of the machine that ran it was wrong` };
}

function robotKeys(accounts: Accounts | undefined): KeyObject[] {
  return Object.values(accounts?.meshes ?? {}).flatMap(({ robots = [] }) => robots.map(({ name, publicKey }) => readPublicKey(publicKey, `the key of ${name}`)));
}

function notMade(names: readonly Check['name'][], because: string): Check[] {
  return names.map((name) => ({ name, ok: false, detail: `not checked: it needs ${because}` }));
}

function aboutOf({ mesh, run, suite }: Report): string {
  return `${mesh.name} ${mesh.version}, suite ${suite.version}, run ${run.id}`;
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
