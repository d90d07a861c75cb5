import { selects } from '../fixture/objects.ts';
import type { Fixture, Workload } from '../model/fixture.ts';
import type { MeshDefinition } from '../model/mesh.ts';
import { familyOf, type Protocol } from '../model/specification.ts';

/** A node takes 110 pods; the mesh's own and the cluster's need room too. */
const podBudget = 80;

export interface Demand {
  fixture: Fixture;
  /** What the plan needs; the first lane runs all of them. */
  workloads: Workload[];
  /** What most of its assertions need; further lanes run only these. */
  common: Workload[];
  /** How many assertions wait for a lane of it. */
  assertions: number;
  /** How much they have to do: the changes that they wait for. */
  work: number;
}

/** How many lanes each fixture gets: at least one, together no more than `concurrency`, within the budgets of pods and of the mesh's ports. Pure. */
export function allocateLanes(demands: readonly Demand[], concurrency: number, mesh: MeshDefinition): Map<string, number> {
  const lanes = new Map(demands.map(({ fixture }) => [fixture.name, 1]));
  for (;;) {
    const total = [...lanes.values()].reduce((sum, count) => sum + count, 0);
    if (total >= concurrency) return lanes;
    const candidates = demands
      .map((demand) => ({ demand, count: lanes.get(demand.fixture.name) ?? 1 }))
      .filter(({ demand, count }) => count < demand.assertions && fits(demands, new Map(lanes).set(demand.fixture.name, count + 1), mesh))
      .sort((a, b) => b.demand.work / b.count - a.demand.work / a.count);
    const neediest = candidates[0];
    if (neediest === undefined) return lanes;
    lanes.set(neediest.demand.fixture.name, neediest.count + 1);
  }
}

function fits(demands: readonly Demand[], lanes: Map<string, number>, mesh: MeshDefinition): boolean {
  const sum = (of: (demand: Demand) => number): number => demands.reduce((total, demand) => total + of(demand) * (lanes.get(demand.fixture.name) ?? 0), 0);
  const pods = demands.reduce((total, { fixture, workloads, common }) => total + workloads.length + common.length * ((lanes.get(fixture.name) ?? 1) - 1), 0);
  if (pods > podBudget) return false;
  return Object.entries(mesh.servicePorts ?? {}).every(([protocol, budget]) => sum((demand) => portsOf(demand, protocol as Protocol)) <= budget);
}

function portsOf({ fixture, workloads }: Demand, protocol: Protocol): number {
  const services = fixture.services.filter((service) => workloads.some((workload) => selects(fixture, service, workload)));
  return services.flatMap(({ ports }) => ports).filter((port) => familyOf[port.protocol] === familyOf[protocol]).length;
}
