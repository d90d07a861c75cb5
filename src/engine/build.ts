import { buildLane, closeLane, type Lane, type LaneOptions } from '../fixture/lane.ts';
import type { Fixture } from '../model/fixture.ts';
import type { RunContext } from './context.ts';

/** Builds a lane; where the API server is away meanwhile, another of the next name in its place, and what there is of the first is deleted. Rejects as `buildLane` does, and with CLUSTER_LOST. */
export async function buildSurely(fixture: Fixture, name: string, nextName: () => string, options: LaneOptions, { absence }: RunContext): Promise<Lane> {
  let current = name;
  return absence.survive(async (again) => {
    if (again) {
      await closeLane(current, fixture, options);
      current = nextName();
    }
    return buildLane(fixture, current, options);
  });
}
