import type { Lane } from '../fixture/lane.ts';
import { findingsOf, levelAt } from '../judge/index.ts';
import type { Look } from '../model/observation.ts';
import { ConformanceError, messageOf } from '../model/errors.ts';
import { type Specification, specificationOf } from '../model/specification.ts';
import { type Planned, sendsTraffic } from '../suite/index.ts';
import { untilNotThere } from './arrival.ts';
import type { RunContext } from './context.ts';
import { converge } from './converge.ts';
import { itemsOf } from './expect.ts';
import { type Workspace, write } from './workspace.ts';

/** What is known of a lane between two assertions. */
export interface LaneState {
  /** What the fixture itself needs has been applied. */
  furnished: boolean;
  /** Its baseline was seen, and nothing was changed since. */
  atBaseline: boolean;
  hasShownBaseline: boolean;
  /** When requests that belong to no load were last sent in it, in milliseconds since the run began; 0 where none were. */
  besideLoadsAt: number;
}

export const untouched: LaneState = { furnished: false, atBaseline: false, hasShownBaseline: false, besideLoadsAt: 0 };

/** Applies what the fixture itself needs, once in a lane: a baseline that is then not seen does not undo it. */
export async function furnish(lane: Lane, workspace: Workspace, state: LaneState, context: RunContext): Promise<LaneState> {
  if (!state.furnished) await applyNeeds(lane, workspace, context);
  return { ...state, furnished: true };
}

/**
 * Before an assertion, in a lane that has what the fixture needs: the baseline is awaited, and that nothing is left of what its first change is to bring about;
 * where that stays, the workspace says so.
 * Gates do without, since a mesh that never shows the baseline is what they are there to tell, and so does what sends no traffic. Rejects where it does not come:
 * with NO_BASELINE where that is the mesh's doing, with POD_NOT_READY where it may be the test bed's.
 */
export async function settleIn(lane: Lane, entry: Planned, workspace: Workspace, state: LaneState, context: RunContext): Promise<LaneState> {
  if (entry.gate || !sendsTraffic(entry.assertion)) return state;
  if (!state.atBaseline) await untilBaseline(lane, workspace, context);
  const { looked, there } = await untilNotThere(lane, entry.assertion, context);
  if (looked) workspace.besideLoadsAt = context.now();
  if (there !== undefined) workspace.thereBefore = `before anything was changed in lane ${lane.name} it showed what the change is to bring about: ${there}`;
  return { ...state, atBaseline: true, hasShownBaseline: true, besideLoadsAt: workspace.besideLoadsAt };
}

async function untilBaseline(lane: Lane, workspace: Workspace, context: RunContext): Promise<void> {
  const reached = await converge(lane, itemsOf(lane.fixture.baseline, 'converge'), context.now(), context, 'baseline');
  if (reached.convergenceMs === undefined) throw new ConformanceError(byTheMesh(reached.looks.lastFailing) ? 'NO_BASELINE' : 'POD_NOT_READY', `lane ${lane.name} never showed its baseline: ${textOf(reached.looks.lastFailing)}`);
  workspace.changedAt = context.now();
  workspace.besideLoadsAt = workspace.changedAt;
}

async function applyNeeds(lane: Lane, workspace: Workspace, context: RunContext): Promise<void> {
  for (const resource of governed(lane, context) ? (lane.fixture.whenDenying ?? []) : []) {
    const done = await write(resource, { ...workspace, written: new Map() }, context);
    if (done.outcome === 'refused') throw new ConformanceError('API', `the API server refused ${done.kind} ${done.name}, which the ${lane.fixture.name} fixture needs: ${done.message ?? ''}`);
  }
}

function governed(lane: Lane, context: RunContext): boolean {
  const kinds = (lane.fixture.whenDenying ?? []).map(({ kind }): Specification => specificationOf[kind]);
  return kinds.length > 0 && kinds.every((specification) => context.offered[specification] !== undefined);
}

/** Waits for the lane's baseline after an assertion; says what was still seen when it did not return in time. */
export async function baselineMissing(lane: Lane, workspace: Workspace, context: RunContext, { assertion, version }: Pick<Planned, 'assertion' | 'version'>): Promise<string | undefined> {
  try {
    const reached = await converge(lane, itemsOf(lane.fixture.baseline, 'converge'), workspace.changedAt, context, 'baseline');
    if (reached.convergenceMs === undefined) return `after its objects were deleted the lane did not return to its baseline in ${Math.round(reached.deadlineMs / 1000)} s: ${textOf(reached.looks.lastFailing)}`;
    // What is exclusive, or only looked at, may stall the mesh: how long it takes to recover says nothing of a change.
    if (assertion.exclusive !== true && levelAt(assertion, version) !== 'info') context.patience.learned(reached.convergenceMs);
    return undefined;
  } catch (error) {
    if (error instanceof ConformanceError && error.code === 'CANCELLED') throw error;
    return `the lane was lost while its baseline was awaited: ${messageOf(error)}`;
  }
}

function byTheMesh(look: Look | undefined): boolean {
  const findings = look === undefined ? [] : findingsOf(look);
  return findings.length > 0 && findings.every(({ kind, byTimeouts }) => kind === 'violation' && byTimeouts !== true);
}

function textOf(look: Look | undefined): string {
  return look === undefined ? 'nothing was seen' : findingsOf(look).map(({ text }) => text).join('; ');
}
