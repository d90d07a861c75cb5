import type { Report, SpecificationResult } from '../model/report.ts';
import type { Specification } from '../model/specification.ts';
import { smiRelease } from '../smi/index.ts';

/** One specification of a result, in the provider's words. */
export interface Detail {
  smi_specification: 'traffic-access' | 'traffic-split' | 'traffic-spec';
  /** SMI release and API versions: `v0.6.0/v1alpha3`. */
  smi_version: string;
  /** Seconds that its assertions took. */
  time: string;
  /** How many requirements of level must apply. */
  assertions: string;
  result: string;
  reason: string;
  capability: 'FULL' | 'HALF' | 'NONE';
  /** Left out where there is no compliance to state: the provider knows no third word. */
  status?: 'PASSED' | 'FAILED';
}

/** Our names by the provider's, in the order of its dashboard's columns. Traffic Metrics has no column there. */
const columns = [['traffic-access', 'traffic-access'], ['traffic-split', 'traffic-split'], ['traffic-specs', 'traffic-spec']] as const satisfies [Specification, Detail['smi_specification']][];

const capabilities = { full: 'FULL', partial: 'HALF', none: 'NONE' } as const satisfies Record<SpecificationResult['capability'], Detail['capability']>;

/** The three specifications that a provider shows, and their figures together. */
export function detailsOf(report: Report): { details: [Detail, Detail, Detail]; passed: number; applicable: number } {
  const lines = columns.map(([specification]) => lineOf(report, specification));
  const [access, split, specs] = columns.map(([specification, name]) => detailOf(report, lineOf(report, specification), name));
  if (access === undefined || split === undefined || specs === undefined) throw new TypeError('a column is missing');
  return {
    details: [access, split, specs],
    passed: sum(lines.map(({ summary }) => summary.must.passed)),
    applicable: sum(lines.map(({ summary }) => summary.must.applicable)),
  };
}

function detailOf(report: Report, line: SpecificationResult, name: Detail['smi_specification']): Detail {
  const { specification, compliance, capability } = line;
  const versions = report.offered[specification]?.versions ?? [];
  const status = compliance === 'passed' ? { status: 'PASSED' as const } : compliance === 'failed' ? { status: 'FAILED' as const } : {};
  return {
    smi_specification: name,
    smi_version: `${releaseOf(report, specification)}/${versions.length === 0 ? 'none' : versions.join(',')}`,
    time: (sum(report.assertions.filter((one) => one.specification === specification).map(({ durationMs }) => durationMs)) / 1000).toFixed(3),
    assertions: String(line.summary.must.applicable),
    result: resultText(report, line),
    reason: harmless(reasonText(line)),
    capability: capabilities[capability],
    ...status,
  };
}

function resultText({ assertions }: Report, { specification, compliance, summary: { must } }: SpecificationResult): string {
  if (must.applicable === 0) return 'No requirement applies';
  const figures = `${must.passed} of ${must.applicable} must requirements passed`;
  if (compliance !== 'failed') return figures;
  const failed = assertions.filter((one) => one.specification === specification && one.level === 'must' && (one.verdict === 'fail' || one.verdict === 'inconclusive'));
  const ids = [...new Set(failed.map(({ id }) => id.split('/').slice(1).join('/')))];
  return harmless(`${figures}, not: ${ids.slice(0, mostIds).join(', ')}${ids.length > mostIds ? ` and ${ids.length - mostIds} more` : ''}`);
}

const mostIds = 8;

function reasonText({ capability, capabilityReason }: SpecificationResult): string {
  switch (capability) {
    case 'full':
      return 'The whole specification is offered';
    case 'partial':
      return capabilityReason === undefined ? 'Part of the specification is offered' : `Part of the specification is offered: ${capabilityReason}`;
    case 'none':
      return 'The mesh does not offer this specification';
  }
}

/** A mesh without the specification still has a row, in the group of the release that the others belong to. */
function releaseOf(report: Report, specification: Specification): string {
  const offered = (report.offered[specification]?.versions ?? []).length > 0;
  const named = (offered ? [specification] : columns.map(([one]) => one)).map((one) => namedRelease(report, one));
  return named.find((one) => one !== undefined) ?? 'no-release';
}

/** A mesh whose versions make up no release as a set: the newest release that names this specification's. */
function namedRelease({ suite, offered }: Report, specification: Specification): string | undefined {
  const offer = offered[specification];
  return suite.smiRelease ?? (offer === undefined ? undefined : smiRelease({ [specification]: offer }));
}

function lineOf({ specifications }: Report, specification: Specification): SpecificationResult {
  const line = specifications.find((one) => one.specification === specification);
  if (line === undefined) throw new TypeError(`the report has no line for ${specification}`);
  return line;
}

/** The dashboard puts these texts into a page. */
function harmless(text: string): string {
  return text.replaceAll(/[<>&"'`\p{Cc}]+/gu, ' ').slice(0, 500);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
