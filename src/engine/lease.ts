import { closeLane, type Lane, type LaneOptions } from '../fixture/lane.ts';
import { namesAfter } from '../fixture/names.ts';
import { ConformanceError, messageOf } from '../model/errors.ts';
import type { RawObservation } from '../model/observation.ts';
import { judgeLast } from '../judge/index.ts';
import { choosePartners } from '../smi/index.ts';
import { type Planned, sendsBesideLoads } from '../suite/index.ts';
import { settlingMs, unlessAway } from './absence.ts';
import { baselineMissing, furnish, type LaneState, settleIn, untouched } from './baseline.ts';
import { buildSurely } from './build.ts';
import type { RunContext } from './context.ts';
import { codeOf } from './execute.ts';
import { undisturbed } from './undisturbed.ts';
import { releaseAll } from './steps/hold.ts';
import { restoreWorkloads } from './steps/workloads.ts';
import { CannotExpress, emptyWorkspace, removeAll, type Workspace } from './workspace.ts';

/** What came of one assertion in a lane, and whether the lane had to be rebuilt behind it. */
export interface Leased {
  raw: RawObservation;
  /** When its last step was over, in milliseconds since the run began; the lane is free later. */
  endedMs: number;
  afterwards?: string;
}

/** What a worker does with a lane for one assertion. */
export interface Use {
  /** Whether the lane will be needed again. */
  hasMore(): boolean;
  /** Whether anything still to come needs a mesh that takes changes in, in whichever lane: what is exclusive may stall it for all. */
  isMeshAwaited(): boolean;
  use(workspace: Workspace | undefined): Promise<RawObservation>;
  /** Called with what counts, before the lane is brought back to its baseline. */
  decided(raw: RawObservation): void;
}

/** Codes after which a lane is rebuilt and the assertion run anew, once: its pods are gone, or nothing that was seen says anything. */
const laneLost = new Set(['PROBE_LOST', 'POD_NOT_READY', 'NO_BASELINE', 'STILL_THERE', 'UNPROVEN', 'CLUSTER_LOST']);

/** One lane at work: it hands the lane out to one assertion after the other, and brings it back to its baseline in between. */
export interface Worker {
  laneName(): string;
  lease(entry: Planned, use: Use): Promise<Leased>;
  /** Closes the lane; its namespaces are deleted in the background. */
  close(): Promise<void>;
}

export function createWorker(first: Lane | undefined, options: LaneOptions | undefined, context: RunContext): Worker {
  let lane = first;
  const nextName = namesAfter(first?.name ?? 'none');
  let state: LaneState = untouched;

  const close = async (): Promise<void> => {
    const closing = lane;
    if (closing === undefined) return;
    // Endpoints that vanish are a change for the mesh like any other.
    await context.tide.board(closing.name);
    await context.absence.survive(async () => closeLane(closing.name, closing.fixture, context, closing));
    context.tide.left(closing.name);
  };
  const rebuild = async (after: string, reason: string): Promise<void> => {
    if (lane === undefined || options === undefined) return;
    const { fixture, name } = lane;
    context.emit({ type: 'lane-rebuilt', lane: name, after, reason });
    await close();
    lane = await buildSurely(fixture, nextName(), nextName, options, context);
    state = untouched;
  };
  const once = async (entry: Planned, use: Use['use'], again = false): Promise<{ raw: RawObservation; workspace?: Workspace }> => {
    const since = context.now() - (again ? 0 : settlingMs);
    const counted = (raw: RawObservation): RawObservation => unlessAway(raw, entry, since, context.absence);
    if (lane === undefined) return { raw: counted(await use(undefined)) };
    const workspace = openWorkspace(lane, entry, state, context);
    try {
      state = await furnish(lane, workspace, state, context);
      state = await settleIn(lane, entry, workspace, state, context);
      // What an assertion before has left may stay because of the lane. Where it is the mesh's, a failure still counts.
      const { thereBefore } = workspace;
      if (thereBefore !== undefined && !again) throw new ConformanceError('NO_BASELINE', thereBefore);
      const raw = counted(await undisturbed(workspace, entry, context, again, () => use(workspace)));
      const isGroundless = thereBefore !== undefined && raw.outcome === 'observed' && judgeLast(entry.assertion.steps, raw.steps)?.outcome === 'held';
      return { raw: isGroundless ? { outcome: 'groundless', reason: thereBefore } : raw, workspace };
    } catch (error) {
      if (error instanceof CannotExpress) return { raw: { outcome: 'skipped', reason: error.message }, workspace };
      if (error instanceof ConformanceError && error.code === 'CANCELLED') throw error;
      return { raw: counted({ outcome: 'errored', code: codeOf(error), reason: messageOf(error), steps: [] }), workspace };
    }
  };

  return {
    laneName: () => lane?.name ?? 'none',
    async lease(entry, { use, hasMore, isMeshAwaited, decided }) {
      let { raw, workspace } = await once(entry, use);
      if (raw.outcome === 'errored' && laneLost.has(raw.code)) {
        const reason = raw.reason;
        const isLost = raw.code === 'CLUSTER_LOST';
        const failed = await attempted(async () => {
          if (isLost) await context.absence.over(reason);
          await rebuild(entry.assertion.id, reason);
        });
        if (isLost && failed === undefined) context.emit({ type: 'notice', level: 'warning', message: `${entry.assertion.id} is run again: ${reason}` });
        if (failed === undefined) ({ raw, workspace } = await once(entry, use, true));
        if (raw.outcome === 'errored' && raw.code === 'NO_BASELINE') raw = { outcome: 'groundless', reason: raw.reason };
      }
      const endedMs = context.now();
      decided(raw);
      if (lane === undefined || workspace === undefined || context.absence.lost !== undefined) return { raw, endedMs };
      if (sendsBesideLoads(entry.assertion)) state = { ...state, besideLoadsAt: endedMs };
      const changed = workspace.written.size > 0 || workspace.moved.size > 0;
      const trouble = await attempted(async () => {
        await releaseAll(workspace);
        await removeAll(workspace, context);
        await restoreWorkloads(workspace, context);
      });
      if (changed) state = { ...state, atBaseline: false };
      // Where the lane never showed its baseline there is none to come back to: who needs it will wait for it.
      const isLast = entry.assertion.exclusive === true ? !isMeshAwaited() : !hasMore();
      if (trouble === undefined && (!changed || isLast || !state.hasShownBaseline)) return { raw, endedMs };
      const afterwards = trouble ?? (await baselineMissing(lane, workspace, context, entry));
      if (afterwards === undefined) {
        state = { ...state, atBaseline: true, besideLoadsAt: context.now() };
        return { raw, endedMs };
      }
      if (!hasMore()) return { raw, endedMs, afterwards };
      const failed = await attempted(() => rebuild(entry.assertion.id, afterwards));
      // What is exclusive may have stalled the mesh: who needs the lane next finds it lost, and builds it again.
      if (failed !== undefined && context.absence.lost === undefined && entry.assertion.exclusive !== true) throw new ConformanceError('POD_NOT_READY', `lane ${lane.name} could not be rebuilt after ${entry.assertion.id}: ${failed}`);
      return { raw, endedMs, afterwards };
    },
    close,
  };
}

function openWorkspace(lane: Lane, { assertion, version }: Planned, { besideLoadsAt }: LaneState, context: RunContext): Workspace {
  const { specification } = assertion.requirement;
  return emptyWorkspace(lane, { ...choosePartners(specification, version, context.offered), [specification]: version }, context.now(), besideLoadsAt);
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
