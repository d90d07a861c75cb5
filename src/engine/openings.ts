import { laneName } from '../fixture/names.ts';
import type { Workload } from '../model/fixture.ts';
import type { MeshDefinition } from '../model/mesh.ts';
import type { Protocol } from '../model/specification.ts';
import { type Planned, workOf } from '../suite/index.ts';
import { type Demand, isCommon, portsOf } from './demand.ts';
import type { Seat } from './schedule.ts';

/**
 * Pods at once. A node takes 110, and the mesh's own and the cluster's need room too. Side proxies of one user share its 128 inotify instances, of which Envoy takes
 * three; those of a lane that was closed keep theirs for some seconds.
 */
const podBudget = { bare: 80, withSidecar: 30 };

/** What it takes to build a lane and to close it, as work. A further lane of a fixture is worth its pods only when it takes this much work off the others. */
const laneWork = 6;

/** A lane that is to be opened. */
export interface Opening {
  demand: Demand;
  name: string;
  /** The pods that it runs. */
  workloads: Workload[];
  /** Whether that is all that the plan needs of the fixture, so that whatever is left of it can run here. */
  isWhole: boolean;
  seat: Seat;
}

/** Decides which lane is opened next, within what a node and the mesh can bear. */
export interface Openings {
  /** Lanes in which gates are asked: they come first, all of them. */
  first(): Opening[];
  /** The lane that shortens the run most; `full` while it would be too much beside those that are open; undefined when none is needed any more. */
  next(): Opening | 'full' | undefined;
  /** A lane of the first of these fixtures that has none, where there is room for it beside all others. The others wait for it, since they would be in its way. */
  ahead(fixtures: readonly string[]): Opening | undefined;
  close(opening: Opening): void;
  /** The lane stands by: its pods count, but nothing runs in it until it is taken up again. */
  standBy(opening: Opening): void;
  takeUp(opening: Opening): void;
  /** Whether a lane of the fixture is open or stands by. */
  isOpen(fixture: string): boolean;
  /** Opens no further lane of the fixture beside those that are open. */
  enough(fixture: string): void;
}

/** `waiting` tells which assertions of a fixture have not begun. */
export function createOpenings(demands: readonly Demand[], mesh: MeshDefinition, waiting: (fixture: string) => readonly Planned[]): Openings {
  const open = new Set<Opening>();
  const standing = new Set<Opening>();
  const opened = new Map<Demand, number>();
  const complete = new Set<string>();
  const openOf = (demand: Demand): number => [...open].filter((opening) => opening.demand === demand).length;

  const isHeld = (fixture: string): boolean => [...open, ...standing].some(({ demand }) => demand.fixture.name === fixture);

  const start = (demand: Demand): Opening => {
    const index = (opened.get(demand) ?? 0) + 1;
    // A lane that comes when no other is open must be able to run what is left, whatever it is.
    const isWhole = openOf(demand) === 0;
    const seat: Seat = isWhole
      ? { fixture: demand.fixture.name, takes: () => true, prefers: (entry) => !isCommon(entry, demand) }
      : { fixture: demand.fixture.name, takes: (entry) => isCommon(entry, demand), prefers: () => false };
    const opening = { demand, name: laneName(demand.fixture.name, index), workloads: isWhole ? demand.workloads : demand.common, isWhole, seat };
    opened.set(demand, index);
    open.add(opening);
    return opening;
  };

  /** Work per lane, if one more were opened, and what a first lane takes that has to be built in any case; 0 where none is needed. */
  const gain = (demand: Demand): number => {
    const lanes = openOf(demand);
    const left = waiting(demand.fixture.name);
    if (lanes === 0) return left.length === 0 ? 0 : laneWork + sum(left.map(workOf));
    if (complete.has(demand.fixture.name)) return 0;
    // Exclusive ones come one by one, in one lane.
    const share = sum(left.filter((entry) => entry.assertion.exclusive !== true && isCommon(entry, demand)).map(workOf)) / (lanes + 1);
    return share < laneWork ? 0 : share;
  };

  return {
    first: () => demands.filter(({ hasGates }) => hasGates).map(start),
    next() {
      const wanted = demands.map((demand) => ({ demand, gain: gain(demand) })).filter((one) => one.gain > 0).toSorted((a, b) => b.gain - a.gain);
      const [fitting] = wanted.filter(({ demand }) => open.size + standing.size === 0 || fits(demand, openOf(demand) === 0 ? demand.workloads : demand.common));
      if (fitting !== undefined) return start(fitting.demand);
      return wanted.length === 0 ? undefined : 'full';
    },
    ahead(fixtures) {
      const wanted = fixtures.find((fixture) => !isHeld(fixture));
      const demand = demands.find(({ fixture }) => fixture.name === wanted);
      return demand !== undefined && fits(demand, demand.workloads) ? start(demand) : undefined;
    },
    close(opening) {
      open.delete(opening);
      standing.delete(opening);
    },
    standBy(opening) {
      open.delete(opening);
      standing.add(opening);
    },
    takeUp(opening) {
      standing.delete(opening);
      open.add(opening);
    },
    isOpen: isHeld,
    enough: (fixture) => void complete.add(fixture),
  };

  function fits(demand: Demand, workloads: readonly Workload[]): boolean {
    const lanes = [...open, ...standing, { demand, workloads }];
    if (sum(lanes.map((lane) => lane.workloads.length)) > (mesh.enrolment.sidecar === undefined ? podBudget.bare : podBudget.withSidecar)) return false;
    return Object.entries(mesh.servicePorts ?? {}).every(([protocol, budget]) => sum(lanes.map((lane) => portsOf(lane.demand, lane.workloads, protocol as Protocol))) <= budget);
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
