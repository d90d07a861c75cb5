import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { identityOf } from '../judge/index.ts';
import { ConformanceError } from '../model/errors.ts';
import type { AssertionResult, Report, ShardFacts } from '../model/report.ts';
import { buildReport } from './build.ts';
import { reasonsInReport } from './complete.ts';
import { recompute } from './recompute.ts';
import { listed } from './text.ts';

/** The report of one part, and what its reader calls it. */
export interface Part {
  name: string;
  report: Report;
}

type Shard = Part & { shard: ShardFacts };

/**
 * One report of the reports of all parts of a plan. It is complete where every part is, and everything planned is there exactly once; gates, which several parts
 * ask, must have been answered alike. Throws BAD_INPUT where the reports cannot belong to one whole. Pure.
 */
export function mergeReports(parts: readonly Part[]): Report {
  const shards = parts.map(shardIn).toSorted((one, other) => one.shard.index - other.shard.index);
  const [first] = shards;
  if (first === undefined) throw bad('there is nothing to merge: name the report.json of each part');
  for (const other of shards.slice(1)) checkSame(first, other);
  for (const [at, other] of shards.slice(1).entries()) {
    const before = shards[at];
    if (before?.shard.index === other.shard.index) throw bad(`${before.name} and ${other.name} are both part ${other.shard.index} of ${other.shard.of}: each part counts once`);
  }
  const results = shards.flatMap(({ report }) => report.assertions);
  const once = onceEach(shards);
  const { report } = first;
  const trouble = [...missingParts(first, shards), ...shards.flatMap(troubleOf)];
  return buildReport({
    ...report,
    run: runOf(first, shards),
    claims: 'served',
    served: report.served.flatMap(({ group, version, kinds }) => kinds.map((kind) => ({ group, version, kind }))),
    planned: first.shard.planned.map((identity) => identityIn(identity, results)),
    results: once,
    phases: shards.toSorted((one, other) => other.report.run.durationMs - one.report.run.durationMs)[0]?.report.phases ?? [],
    warnings: [...new Set(shards.flatMap((shard) => shard.report.warnings))],
    ...(trouble.length === 0 ? {} : { endedBecause: trouble.join('; ') }),
  });
}

function shardIn({ name, report }: Part): Shard {
  const { shard } = report.run;
  if (shard === undefined) throw bad(`${name} is the report of no part: only reports of runs with shard are merged`);
  const [wrong] = recompute(report);
  if (wrong !== undefined) throw bad(`${name} contradicts itself (${wrong.where}): it was changed after its run, so run that part again`);
  const stray = report.assertions.find((result) => !shard.planned.includes(identityOf(result)));
  if (stray !== undefined) throw bad(`${name} has ${identityOf(stray)}, which is not planned: it was changed after its run, so run that part again`);
  return { name, report, shard };
}

/** What all parts must have in common for their verdicts to be about one thing, by what it is called. */
const common: readonly [what: string, of: (report: Report) => unknown][] = [
  ['suite', ({ suite }) => `${suite.version} (${suite.digest})`],
  ['assertions that were added', ({ suite }) => suite.added?.digest ?? 'none'],
  ['mesh', ({ mesh }) => mesh.id],
  ['mesh version', ({ mesh }) => mesh.version],
  ['images of the mesh', ({ mesh }) => mesh.images.map(({ image, digest }) => `${image} ${digest}`).toSorted()],
  ['Kubernetes version', ({ kubernetes }) => kubernetes.version],
  ['kind of cluster', ({ kubernetes }) => kubernetes.cluster],
  ['APIs that the cluster serves', ({ served }) => served],
  ['offered surface', ({ offered }) => offered],
  ['time-outs', ({ timing }) => timing],
  ['filter only', ({ run }) => run.only],
  ['filter skip', ({ run }) => run.skip],
  ['fault', ({ run }) => run.fault ?? 'none'],
  ['application', ({ run }) => run.application ?? 'the probe'],
  ['version of the program', ({ run }) => run.tool],
  ['fail_on', ({ failOn }) => failOn],
  ['number of parts', ({ run }) => run.shard?.of],
  ['plan', ({ run }) => run.shard?.planned],
];

function checkSame(one: Shard, other: Shard): void {
  for (const [what, of] of common) {
    const [first, second] = [of(one.report), of(other.report)];
    if (isDeepStrictEqual(first, second)) continue;
    const values = [first, second].every((value) => typeof value === 'string' || typeof value === 'number') ? ` (${String(first)} and ${String(second)})` : '';
    throw bad(`${one.name} and ${other.name} do not belong together: the ${what} differ${values}. Run all parts with the same inputs.`);
  }
}

/** Each result once, that of a gate as the first part had it. */
function onceEach(shards: readonly Shard[]): AssertionResult[] {
  const found = new Map<string, { by: Shard; result: AssertionResult }>();
  for (const by of shards) {
    for (const result of by.report.assertions) {
      const identity = identityOf(result);
      const before = found.get(identity);
      if (before === undefined) found.set(identity, { by, result });
      else checkTwice(identity, before, { by, result });
    }
  }
  return [...found.values()].map(({ result }) => result);
}

function checkTwice(identity: string, one: { by: Shard; result: AssertionResult }, other: { by: Shard; result: AssertionResult }): void {
  const both = `${one.by.name} and ${other.by.name}`;
  if (!one.result.gate || !other.result.gate) throw bad(`${identity} is in ${both}, and it is no gate: the parts overlap. Give all of them the same durations.`);
  if (one.result.verdict !== other.result.verdict) {
    throw bad(`${both} disagree on the gate ${identity}: ${one.result.verdict} and ${other.result.verdict}. What stands behind it was judged on two different grounds, so run all parts again.`);
  }
}

function missingParts({ shard: { of } }: Shard, shards: readonly Shard[]): string[] {
  const missing = Array.from({ length: of }, (_, at) => at + 1).filter((index) => !shards.some(({ shard }) => shard.index === index));
  return missing.length === 0 ? [] : [`part ${listed(missing.map(String), of)} of ${of} is not there`];
}

/** What kept a part from being complete, but for what its results show by themselves. */
function troubleOf({ shard, report }: Shard): string[] {
  const shown = reasonsInReport(report);
  return report.incompleteBecause.filter((reason) => !shown.includes(reason)).map((reason) => `part ${shard.index}: ${reason}`);
}

function runOf(first: Shard, shards: readonly Shard[]): Report['run'] {
  const runs = shards.map(({ report, shard }) => ({ ...report.run, index: shard.index }));
  const starts = runs.map(({ startedAt }) => Date.parse(startedAt));
  const began = Math.min(...starts);
  const { only, skip, fault, application, tool } = first.report.run;
  return {
    // The same parts always make the same run.
    id: createHash('sha256').update(runs.map(({ id }) => id).join()).digest('hex').slice(0, 6),
    startedAt: new Date(began).toISOString(),
    durationMs: Math.max(...runs.map(({ durationMs }, at) => (starts[at] ?? began) + durationMs)) - began,
    only, skip,
    concurrency: Math.max(...runs.map(({ concurrency }) => concurrency)),
    ...(fault === undefined ? {} : { fault }),
    ...(application === undefined ? {} : { application }),
    tool,
    shards: runs.map(({ index, id, startedAt, durationMs }) => ({ index, id, startedAt, durationMs })),
  };
}

function identityIn(identity: string, results: readonly AssertionResult[]): Pick<AssertionResult, 'id' | 'version' | 'added'> {
  const [id = '', version = ''] = identity.split('@');
  const added = results.find((result) => identityOf(result) === identity)?.added;
  return { id, version: version as AssertionResult['version'], ...(added === undefined ? {} : { added }) };
}

function bad(message: string): ConformanceError {
  return new ConformanceError('BAD_INPUT', message);
}
