import { buildLane, closeLane, type Lane, type LaneOptions } from '../fixture/lane.ts';
import { nextLaneName } from '../fixture/names.ts';
import type { Fixture } from '../model/fixture.ts';
import type { RunContext } from './context.ts';

/** Builds a lane; where the API server is away meanwhile, another in its place, and what there is of the first is deleted. Rejects as `buildLane` does, and with CLUSTER_LOST. */
export async function buildSurely(fixture: Fixture, name: string, options: LaneOptions, { absence, runId }: RunContext): Promise<Lane> {
  let current = name;
  return absence.survive(async (again) => {
    if (again) {
      await closeLane(current, fixture, runId, options.cluster, undefined);
      current = nextLaneName(current);
    }
    return buildLane(fixture, current, options);
  });
}
