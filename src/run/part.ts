import { readReport } from '../door/read-report.ts';
import { identityOf } from '../judge/index.ts';
import { ConformanceError } from '../model/errors.ts';
import type { ShardFacts } from '../model/report.ts';
import type { RunRequest } from '../model/request.ts';
import { type Durations, type Planned, shardsOf } from '../suite/index.ts';

/** How long each result of an earlier run took; nothing where none is named. Rejects with BAD_INPUT where the file is no report. */
export async function durationsIn(path: string | undefined): Promise<Durations> {
  if (path === undefined) return new Map();
  const { assertions } = await readReport(path);
  return new Map(assertions.filter(({ durationMs }) => durationMs > 0).map((result) => [identityOf(result), result.durationMs]));
}

/** The part of a plan that a run was asked for. Throws BAD_INPUT where there are more parts than there is to do. */
export function partOf(plan: Planned[], { shard }: Pick<RunRequest, 'shard'>, durations: Durations): { plan: Planned[]; shard?: ShardFacts } {
  if (shard === undefined) return { plan };
  const mine = shardsOf(plan, shard.of, durations)[shard.index - 1] ?? [];
  if (mine.length === 0) throw new ConformanceError('BAD_INPUT', `shard: nothing is left for part ${shard.index} of ${shard.of}, since ${plan.length} results are planned: ask for fewer parts`);
  return { plan: mine, shard: { ...shard, planned: plan.map(({ assertion: { id }, version }) => identityOf({ id, version })) } };
}
