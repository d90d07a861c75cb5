import { identityOf } from '../judge/index.ts';
import type { MeshDefinition } from '../model/mesh.ts';
import type { Traffic } from '../model/assertion.ts';
import type { Look, StepObservation } from '../model/observation.ts';
import type { AssertionResult, Report } from '../model/report.ts';
import { reportSchema } from '../model/report.ts';
import { specifications } from '../model/specification.ts';
import { incompleteReasons } from './complete.ts';
import type { Identity } from './complete.ts';
import { derive } from './derive.ts';

/** What a run knows when it ends; everything else in a report follows from it. */
export interface ReportInput extends Pick<Report, 'run' | 'suite' | 'mesh' | 'kubernetes' | 'offered' | 'timing' | 'failOn' | 'phases' | 'warnings'> {
  /** What discovery listed of the `*.smi-spec.io` groups, one entry a kind. */
  served: readonly { group: string; version: string; kind: string }[];
  claims: MeshDefinition['claims'];
  /** What the run set out to judge, in the order in which a reader wants it. */
  planned: readonly (Identity & Pick<AssertionResult, 'added'>)[];
  results: readonly AssertionResult[];
  /** The signal that ended the run early. */
  interrupted?: 'SIGINT' | 'SIGTERM';
  /** What else ended the run early, in a sentence. */
  endedBecause?: string;
}

/** The whole report of a run, complete or not. Pure: the same facts give the same report. */
export function buildReport(input: ReportInput): Report {
  const { run, suite, mesh, kubernetes, timing, failOn, warnings } = input;
  const incompleteBecause = incompleteReasons(input);
  const complete = incompleteBecause.length === 0;
  const assertions = inOrder(input.results, input.planned).map(published);
  const offered = withClaims(input.offered, input.claims);
  const { result, summary, specifications: lines, statistics, added } = derive(assertions, offered, complete);
  return {
    $schema: reportSchema,
    schemaVersion: 1,
    run, suite, mesh, kubernetes,
    served: grouped(input.served),
    ...sourceOf(assertions),
    offered, timing, complete, incompleteBecause, result, failOn, summary,
    specifications: lines,
    statistics,
    ...(added === undefined ? {} : { added }),
    phases: input.phases.map(({ name, durationMs }) => ({ name, durationMs: Math.round(durationMs) })),
    warnings, assertions,
  };
}

/** Results end in the order that the lanes gave them; a report has them in the order of the plan, so that two runs can be compared. */
function inOrder(results: readonly AssertionResult[], planned: readonly Identity[]): AssertionResult[] {
  const places = new Map(planned.map((one, place) => [identityOf(one), place]));
  const placeOf = (result: AssertionResult): number => places.get(identityOf(result)) ?? planned.length;
  return results.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** A claim of which the cluster serves nothing is an offer without versions: so the claim can be read from the report alone. */
function withClaims(offered: Report['offered'], claims: MeshDefinition['claims']): Report['offered'] {
  const isClaimed = (specification: (typeof specifications)[number]): boolean => claims !== 'served' && claims[specification] !== undefined;
  return Object.fromEntries(specifications.flatMap((specification) => {
    const offer = offered[specification] ?? (isClaimed(specification) ? { versions: [], kinds: [], without: [] } : undefined);
    return offer === undefined ? [] : [[specification, offer]];
  }));
}

/** Where metrics were read, as the steps that did it say. */
function sourceOf(results: readonly AssertionResult[]): Pick<Report, 'metricsSource'> {
  const sources = new Set(results.flatMap(({ steps }) => steps.flatMap((step) => (step.verb === 'measure' && step.source !== 'none' ? [step.source] : []))));
  return sources.size === 0 ? {} : { metricsSource: [...sources].join(', ') };
}

function grouped(served: ReportInput['served']): Report['served'] {
  const byVersion = Map.groupBy(served, ({ group, version }) => `${group}/${version}`);
  const entries = [...byVersion.values()].map((apis) => ({ group: apis[0]?.group ?? '', version: apis[0]?.version ?? '', kinds: [...new Set(apis.map(({ kind }) => kind))].toSorted() }));
  return entries.toSorted((a, b) => (`${a.group}/${a.version}` < `${b.group}/${b.version}` ? -1 : 1));
}

/** The published form of a result: a look names its traffic only, since what was asked of it stands beside it. */
function published(result: AssertionResult): AssertionResult {
  return { ...result, steps: result.steps.map(publishedStep) };
}

function publishedStep(step: StepObservation): StepObservation {
  switch (step.verb) {
    case 'rejected':
      return step.otherwise === undefined ? step : { ...step, otherwise: publishedLook(step.otherwise) };
    case 'hold':
      return { ...step, traffic: publishedTraffic(step.traffic) };
    case 'release':
      return { ...step, held: { ...step.held, traffic: publishedTraffic(step.held.traffic) } };
    case 'eventually':
    case 'sample':
    case 'record':
    case 'throughout':
    case 'always': {
      const lastFailing = 'looks' in step && step.looks.lastFailing ? { looks: { ...step.looks, lastFailing: publishedLook(step.looks.lastFailing) } } : {};
      const measured = step.measured ? { measured: publishedLook(step.measured) } : {};
      const otherwise = 'otherwise' in step && step.otherwise ? { otherwise: publishedLook(step.otherwise) } : {};
      return { ...step, ...lastFailing, ...measured, ...otherwise };
    }
    default:
      return step;
  }
}

function publishedLook(look: Look): Look {
  return { ...look, seen: look.seen.map((seen) => ({ ...seen, traffic: publishedTraffic(seen.traffic) })) };
}

function publishedTraffic({ from, to, protocol, port, via, method, path, headers, posingAs }: Traffic): Traffic {
  const optional = { protocol, port, via, method, path, headers, posingAs };
  return { from, to, ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) };
}
