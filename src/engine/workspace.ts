import { ApiError, type KubeObject, refOf } from '../cluster/port.ts';
import { homeOf, laneLabel, qualified, runLabel } from '../fixture/names.ts';
import type { Lane } from '../fixture/lane.ts';
import { ConformanceError } from '../model/errors.ts';
import type { MeshDefinition } from '../model/mesh.ts';
import type { Named, Resource, Traffic } from '../model/assertion.ts';
import type { Write } from '../model/observation.ts';
import { type Specification, specificationOf, type Version } from '../model/specification.ts';
import type { ProbeClient } from '../probe/client.ts';
import { render } from '../smi/index.ts';
import type { RunContext } from './context.ts';
import { create } from './create.ts';

/** What one assertion has written into its lane: how it is found again, compared and removed. */
export interface Workspace {
  lane: Lane;
  /** The API version at which resources of each specification are written. */
  versions: Partial<Record<Specification, Version>>;
  written: Map<string, WrittenObject>;
  /** What the server said of objects that it refused last. */
  refused: Map<string, string>;
  /** When the lane was last changed, in milliseconds since the run began. */
  changedAt: number;
  /** When requests that belong to no load were last sent in the lane, in milliseconds since the run began; 0 where none were. Metrics count them too. */
  besideLoadsAt: number;
  /** What was there before anything was changed, in words, though the first change is to bring it about. */
  thereBefore?: string;
  /** Objects of workloads that it started. */
  created: KubeObject[];
  /** Workloads whose number of pods it changed. */
  scaled: Set<string>;
  /** Workloads whose pods it made come or go: that they did is no disturbance. */
  moved: Set<string>;
  /** Traffic that goes on beside its steps, by the name that the assertion gave it. */
  held: Map<string, HeldTraffic>;
}

/** Traffic that a probe keeps up until it is told to end it. */
export interface HeldTraffic {
  /** The probe's name for it. */
  name: string;
  client: ProbeClient;
  traffic: Traffic;
  connection: 'kept' | 'fresh';
  /** When it began, in milliseconds since the run began. */
  since: number;
}

/** A workspace in which nothing was done yet. */
export function emptyWorkspace(lane: Lane, versions: Workspace['versions'], changedAt: number, besideLoadsAt = 0): Workspace {
  return { lane, versions, written: new Map(), refused: new Map(), changedAt, besideLoadsAt, created: [], scaled: new Set(), moved: new Set(), held: new Map() };
}

/** One object that an assertion wrote; `deleted` once it has asked for its deletion, after which it can be written anew. */
export interface WrittenObject {
  resource: Resource;
  object: KubeObject;
  deleted?: true;
}

/** Thrown where an API version has no way to say what a step wants to write: the assertion does not apply to it. */
export class CannotExpress extends Error {
  override readonly name = 'CannotExpress';
}

/** Writes a resource, new or in place of the one that this assertion wrote before. What the server's schema or admission refuses is an outcome, not an error. */
export async function write(resource: Resource, workspace: Workspace, context: RunContext): Promise<Write> {
  const object = rendered(resource, workspace, context);
  const key = keyOf(resource, workspace);
  const before = { kind: resource.kind, name: resource.name, apiVersion: object.apiVersion };
  const previous = workspace.written.get(key);
  try {
    // Known to the workspace before it is sent: whatever becomes of the call, the clean-up of the lane looks for it.
    workspace.written.set(key, { resource, object });
    await (previous === undefined || previous.deleted ? create(object, context) : context.cluster.replace(object));
    workspace.changedAt = context.now();
    workspace.refused.delete(key);
    return { ...before, outcome: 'stored' };
  } catch (error) {
    if (!(error instanceof ApiError && error.isRefusal)) throw error;
    workspace.refused.set(key, error.message);
    // What is stored under that name is what it was before.
    if (previous === undefined) workspace.written.delete(key);
    else workspace.written.set(key, previous);
    return { ...before, outcome: 'refused', message: error.message };
  }
}

/** Deletes what this assertion wrote under that name. */
export async function remove(named: Named, workspace: Workspace, context: RunContext): Promise<void> {
  const entry = workspace.written.get(keyOf(named, workspace));
  if (entry === undefined) throw new ConformanceError('BAD_ASSERTION', `${named.kind} ${named.name} was never applied, so it cannot be deleted`);
  await context.cluster.delete(refOf(entry.object));
  entry.deleted = true;
  workspace.changedAt = context.now();
}

/** Removes everything that the assertion wrote, newest first. */
export async function removeAll(workspace: Workspace, context: RunContext): Promise<void> {
  if (workspace.written.size === 0) return;
  await context.tide.board(workspace.lane.name);
  for (const { object } of [...workspace.written.values()].reverse()) await context.cluster.delete(refOf(object));
  workspace.changedAt = context.now();
  workspace.written.clear();
}

/** The object as it would be sent, with real namespaces everywhere. Throws `CannotExpress`. */
export function rendered(resource: Resource, workspace: Pick<Workspace, 'lane' | 'versions'>, context: Pick<RunContext, 'dialect' | 'runId' | 'mesh'>): KubeObject {
  const version = workspace.versions[specificationOf[resource.kind]];
  if (version === undefined) throw new CannotExpress(`the mesh offers no ${specificationOf[resource.kind]}, which ${resource.kind} ${resource.name} is written in`);
  const namespace = realNamespace(resource.namespace, workspace.lane);
  const result = render({ ...resource, namespace, spec: withRealNamespaces(resource.spec, workspace.lane, context.mesh) as Record<string, unknown> }, version, context.dialect);
  if ('cannot' in result) throw new CannotExpress(result.cannot);
  const { metadata } = result.object;
  metadata.labels = { ...metadata.labels, [runLabel]: context.runId, [laneLabel]: workspace.lane.name };
  return result.object;
}

export function keyOf(named: Named, workspace: Pick<Workspace, 'lane'>): string {
  return `${named.kind}/${realNamespace(named.namespace, workspace.lane)}/${named.name}`;
}

function realNamespace(name: string | undefined, lane: Lane): string {
  const real = lane.namespaces.get(name ?? homeOf(lane.fixture));
  if (real === undefined) throw new ConformanceError('BAD_ASSERTION', `fixture ${lane.fixture.name} has no namespace ${name}`);
  return real;
}

/** Subjects name the fixture's namespaces; on the cluster they carry run and lane. Those that name none get the lane's first, explicitly. A SPIFFE id is written as `{ spiffe: namespace/account }`. */
function withRealNamespaces(value: unknown, lane: Lane, mesh: MeshDefinition): unknown {
  if (Array.isArray(value)) return value.map((item) => withRealNamespaces(item, lane, mesh));
  if (value === null || typeof value !== 'object') return value;
  if ('spiffe' in value && typeof value.spiffe === 'string') return spiffeId(value.spiffe, lane, mesh);
  const fields = Object.entries(value).map(([key, field]): [string, unknown] => [key, key === 'namespace' && typeof field === 'string' ? realNamespace(field, lane) : withRealNamespaces(field, lane, mesh)]);
  return Object.fromEntries(fields);
}

/** The id by which a mesh that issues SPIFFE ids knows the pods of an account. Throws `CannotExpress` where it issues none. */
function spiffeId(reference: string, lane: Lane, mesh: MeshDefinition): string {
  if (mesh.trustDomain === undefined) throw new CannotExpress(`${mesh.name} issues no SPIFFE ids`);
  const { namespace, name } = qualified(lane.fixture, reference);
  return `spiffe://${mesh.trustDomain}/ns/${realNamespace(namespace, lane)}/sa/${name}`;
}
