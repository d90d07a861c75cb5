import { selects } from '../fixture/objects.ts';
import { workloadsNeeded } from '../fixture/needs.ts';
import type { Assertion } from '../model/assertion.ts';
import { ConformanceError } from '../model/errors.ts';
import type { Fixture, Workload } from '../model/fixture.ts';
import type { Protocol } from '../model/specification.ts';
import type { Planned, Suite } from '../suite/index.ts';

/** What a plan asks of one fixture. */
export interface Demand {
  fixture: Fixture;
  /** What the plan needs of it; its first lane runs all of them. */
  workloads: Workload[];
  /** What most of its assertions need; further lanes run only these. */
  common: Workload[];
  /** Gates are asked in it: others wait for its first lane. */
  hasGates: boolean;
}

/** The fixtures of a plan; assertions that are skipped need none. Pure. */
export function demandsOf(plan: readonly Planned[], suite: Pick<Suite, 'fixtures'>): Demand[] {
  const running = plan.filter(({ skipReason, assertion }) => skipReason === undefined && assertion.fixture !== 'none');
  return [...Map.groupBy(running, ({ assertion }) => assertion.fixture)].map(([name, entries]) => {
    const fixture = suite.fixtures.get(name);
    if (fixture === undefined) throw new ConformanceError('BAD_ASSERTION', `there is no fixture ${name}`);
    const assertions = entries.map(({ assertion }) => assertion);
    const workloads = workloadsNeeded(fixture, assertions);
    return { fixture, workloads, common: commonOf({ fixture, workloads }, assertions), hasGates: entries.some(({ gate }) => gate) };
  });
}

/** Whether the pods of a further lane are enough for an assertion. */
export function isCommon({ assertion }: Planned, demand: Demand): boolean {
  return neededBy(assertion, demand).every((workload) => demand.common.includes(workload));
}

/** Ports of Services of a protocol that a lane with these workloads has. */
export function portsOf({ fixture }: Pick<Demand, 'fixture'>, workloads: readonly Workload[], protocol: Protocol): number {
  const services = fixture.services.filter((service) => workloads.some((workload) => selects(fixture, service, workload)));
  return services.flatMap(({ ports }) => ports).filter((port) => port.protocol === protocol).length;
}

/** A pod that few assertions need is in the first lane only: a lane's pods are what it costs. */
function commonOf(demand: Pick<Demand, 'fixture' | 'workloads'>, assertions: readonly Assertion[]): Workload[] {
  const sending = assertions.filter(({ kind }) => kind === 'capability').map((assertion) => neededBy(assertion, demand));
  return demand.workloads.filter((workload) => sending.filter((needed) => needed.includes(workload)).length > sending.length / 4);
}

function neededBy(assertion: Assertion, { fixture, workloads }: Pick<Demand, 'fixture' | 'workloads'>): Workload[] {
  if (assertion.steps.some((step) => 'observe' in step && 'ready' in step.observe)) return workloads;
  const needed = workloadsNeeded(fixture, [assertion]);
  return workloads.filter((workload) => needed.includes(workload));
}
