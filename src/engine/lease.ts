import { buildLane, closeLane, type Lane, type LaneOptions } from '../fixture/lane.ts';
import { findingsOf } from '../judge/index.ts';
import { ConformanceError, messageOf } from '../model/errors.ts';
import type { RawObservation } from '../model/observation.ts';
import { type Specification, specificationOf } from '../model/specification.ts';
import { choosePartners } from '../smi/index.ts';
import type { Planned } from '../suite/index.ts';
import type { RunContext } from './context.ts';
import { converge } from './converge.ts';
import { itemsOf } from './expect.ts';
import { removeAll, type Workspace, write } from './workspace.ts';

/** What came of one assertion in a lane, and whether the lane had to be rebuilt behind it. */
export interface Leased {
  raw: RawObservation;
  afterwards?: string;
}

/** Codes after which a lane is rebuilt and the assertion run anew: its pods are gone, so nothing that was seen counts. */
const laneLost = new Set(['PROBE_LOST', 'POD_NOT_READY']);

/** One lane at work: it hands the lane out to one assertion after the other, and brings it back to its baseline in between. */
export interface Worker {
  laneName(): string;
  lease(entry: Planned, hasMore: () => boolean, use: (workspace: Workspace | undefined) => Promise<RawObservation>): Promise<Leased>;
  /** Closes the lane; its namespaces are deleted in the background. */
  close(): Promise<void>;
}

export function createWorker(first: Lane | undefined, options: LaneOptions | undefined, context: RunContext): Worker {
  let lane = first;
  let isFresh = true;
  let rebuilds = 0;

  const close = async (): Promise<void> => {
    if (lane !== undefined) await closeLane(lane.name, lane.fixture, context.runId, context.cluster, lane);
  };
  const rebuild = async (after: string, reason: string): Promise<void> => {
    if (lane === undefined || options === undefined) return;
    const { fixture, name } = lane;
    context.emit({ type: 'lane-rebuilt', lane: name, after, reason });
    await close();
    rebuilds += 1;
    lane = await buildLane(fixture, `${name.replace(/-r\d+$/, '')}-r${rebuilds}`, options);
    isFresh = true;
  };
  const once = async (entry: Planned, use: (workspace: Workspace | undefined) => Promise<RawObservation>): Promise<{ raw: RawObservation; workspace?: Workspace }> => {
    if (lane === undefined) return { raw: await use(undefined) };
    const workspace = openWorkspace(lane, entry, context);
    try {
      if (isFresh) await settleIn(lane, entry, workspace, context);
      isFresh = false;
      return { raw: await use(workspace), workspace };
    } catch (error) {
      if (error instanceof ConformanceError && error.code === 'CANCELLED') throw error;
      const code = error instanceof ConformanceError ? error.code : 'API';
      return { raw: { outcome: 'errored', code, reason: messageOf(error), steps: [] }, workspace };
    }
  };

  return {
    laneName: () => lane?.name ?? 'none',
    async lease(entry, hasMore, use) {
      let { raw, workspace } = await once(entry, use);
      if (raw.outcome === 'errored' && laneLost.has(raw.code)) {
        const failed = await attempted(() => rebuild(entry.assertion.id, raw.outcome === 'errored' ? raw.reason : ''));
        if (failed === undefined) ({ raw, workspace } = await once(entry, use));
      }
      if (lane === undefined || workspace === undefined) return { raw };
      const changed = workspace.written.size > 0;
      const trouble = await attempted(() => removeAll(workspace, context));
      if (trouble === undefined && (!changed || !hasMore())) return { raw };
      const afterwards = trouble ?? (await baselineMissing(lane, workspace, context));
      if (afterwards === undefined) return { raw };
      const failed = await attempted(() => rebuild(entry.assertion.id, afterwards));
      if (failed !== undefined) throw new ConformanceError('POD_NOT_READY', `lane ${lane.name} could not be rebuilt after ${entry.assertion.id}: ${failed}`);
      return { raw, afterwards };
    },
    close,
  };
}

function openWorkspace(lane: Lane, { assertion, version }: Planned, context: RunContext): Workspace {
  const { specification } = assertion.requirement;
  return { lane, versions: { ...choosePartners(specification, version, context.offered), [specification]: version }, written: new Map(), changedAt: context.now() };
}

/** A fresh lane: what the fixture itself needs is applied, and the baseline awaited. Gates go on without it, since a mesh that never shows it is what they are there to tell. */
async function settleIn(lane: Lane, entry: Planned, workspace: Workspace, context: RunContext): Promise<void> {
  for (const resource of governed(lane, context) ? (lane.fixture.whenDenying ?? []) : []) {
    const done = await write(resource, { ...workspace, written: new Map() }, context);
    if (done.outcome === 'refused') throw new ConformanceError('API', `the API server refused ${done.kind} ${done.name}, which the ${lane.fixture.name} fixture needs: ${done.message ?? ''}`);
  }
  workspace.changedAt = context.now();
  const limit = entry.gate ? context.patience.profile.applyFloorMs : Infinity;
  const reached = await converge(lane, itemsOf(lane.fixture.baseline, 'converge'), context.now(), context, 'baseline', limit);
  if (reached.convergenceMs === undefined && !entry.gate) {
    throw new ConformanceError('POD_NOT_READY', `lane ${lane.name} never showed its baseline: ${textOf(reached.looks.lastFailing)}`);
  }
}

function governed(lane: Lane, context: RunContext): boolean {
  const kinds = (lane.fixture.whenDenying ?? []).map(({ kind }): Specification => specificationOf[kind]);
  return kinds.length > 0 && kinds.every((specification) => context.offered[specification] !== undefined);
}

/** Waits for the lane's baseline after an assertion; says what was still seen when it did not return in time. */
async function baselineMissing(lane: Lane, workspace: Workspace, context: RunContext): Promise<string | undefined> {
  try {
    const reached = await converge(lane, itemsOf(lane.fixture.baseline, 'converge'), workspace.changedAt, context, 'baseline');
    if (reached.convergenceMs === undefined) return `after its objects were deleted the lane did not return to its baseline in ${Math.round(reached.deadlineMs / 1000)} s: ${textOf(reached.looks.lastFailing)}`;
    context.patience.learned(reached.convergenceMs);
    return undefined;
  } catch (error) {
    if (error instanceof ConformanceError && error.code === 'CANCELLED') throw error;
    return `the lane was lost while its baseline was awaited: ${messageOf(error)}`;
  }
}

function textOf(look: Parameters<typeof findingsOf>[0] | undefined): string {
  return look === undefined ? 'nothing was seen' : findingsOf(look).map(({ text }) => text).join('; ');
}

/** Runs something whose failure is told in words; a cancel is passed on. */
async function attempted(action: () => Promise<void>): Promise<string | undefined> {
  try {
    await action();
    return undefined;
  } catch (error) {
    if (error instanceof ConformanceError && error.code === 'CANCELLED') throw error;
    return messageOf(error);
  }
}
