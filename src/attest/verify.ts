import type { Report } from '../model/report.ts';
import { recompute } from '../report/index.ts';
import { readBundle } from './bundle-file.ts';
import { type Check, checkNames, notMade } from './check.ts';
import type { Outcome } from './identity.ts';
import { reportIn } from './report-bytes.ts';
import type { SignedBy } from './signature.ts';
import { signedChecks, type Signers } from './signed-checks.ts';

export interface VerifyInput extends Signers {
  /** The bytes of the report. */
  report: Uint8Array;
  /** The bytes of its bundle; absent where there is none. */
  bundle?: Uint8Array | undefined;
  /** Digest of the catalogue that this release has. */
  suiteDigest?: string | undefined;
  /** The ids of its assertions: what a report calls added must be none of them, and all else must be. */
  suiteIds?: ReadonlySet<string> | undefined;
  /** Digest of the assertions that were added, from who has their files. */
  addedDigest?: string | undefined;
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
  const bundle = input.bundle === undefined ? undefined : await readBundle(input.bundle);
  const { checks: signed, by } = await signedChecks({ bytes: input.report, read, bundle }, input);
  const checks = [...signed, ...figureChecks(input, 'report' in read ? read.report : undefined)];
  const ordered = checks.toSorted((one, other) => checkNames.indexOf(one.name) - checkNames.indexOf(other.name));
  return { ok: checks.every(({ ok }) => ok), checks: ordered, ...(by !== undefined && { by }) };
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

function shown(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
