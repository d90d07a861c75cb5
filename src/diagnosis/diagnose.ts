import { dump } from 'js-yaml';
import type { Cluster, KubeObject } from '../cluster/port.ts';
import { runLabel } from '../fixture/names.ts';
import { messageOf } from '../model/errors.ts';
import type { MeshDefinition } from '../model/mesh.ts';
import { containersOf, describePod, isUnready } from './describe.ts';
import { eventLines } from './events.ts';
import { type Files, type Limits, openFiles } from './files.ts';

export interface Diagnosing {
  cluster: Cluster;
  runId: string;
  /** Absent where it is not known which mesh the run was about. */
  definition?: Pick<MeshDefinition, 'detect' | 'install'>;
  /** Is emptied first. */
  directory: string;
  limits?: Limits;
  /** All of it may take so long; ten seconds where absent. What is not had by then is not had. */
  limitMs?: number;
  note(line: string): void;
}

/** Of one container. */
const tailLines = 2_000;
/** Of the mesh and of the run each: where more are not ready, they are so for one reason. */
const mostPods = 20;
/** Namespaces that a mesh may be in with much that is not the mesh. */
const shared = /^(?:default|kube-.*)$/;

/**
 * Writes down what shows why a run failed, while it is still there: logs of the mesh's own pods, events, and descriptions of pods that are not ready, of the mesh
 * and of the run. Reads pods, their logs and events only. Never rejects: what cannot be had is noted. Resolves with the paths of the files.
 */
export async function diagnose(options: Diagnosing): Promise<string[]> {
  const { cluster, runId, definition, directory, limits, limitMs = 10_000, note } = options;
  const ending = AbortSignal.timeout(limitMs);
  const over = endOf(ending);
  const attempt = async (what: string, work: () => Promise<void>): Promise<void> => {
    if (ending.aborted) return;
    try {
      await Promise.race([work(), over]);
    } catch (error) {
      note(`${what} could not be had: ${messageOf(error)}`);
    }
  };
  let files: Files;
  try {
    files = await openFiles(directory, limits);
  } catch (error) {
    note(`nothing can be written to ${directory}: ${messageOf(error)}`);
    return [];
  }
  let mesh: KubeObject[] = [];
  let own: KubeObject[] = [];
  // A pod that could not be made is seen by the events of its namespace only.
  const namespaces = new Set<string>(definition?.install === undefined ? [] : [definition.install.namespace]);
  await attempt('the pods', async () => {
    const [homes, ofMesh, ofRun] = await Promise.all([cluster.list({ apiVersion: 'v1', kind: 'Namespace', labels: { [runLabel]: runId } }), meshPods(cluster, definition), cluster.list({ apiVersion: 'v1', kind: 'Pod', labels: { [runLabel]: runId } })]);
    [mesh, own] = [ofMesh, ofRun];
    for (const { metadata } of homes) namespaces.add(metadata.name);
    for (const { metadata } of [...mesh, ...own]) namespaces.add(metadata.namespace ?? '');
  });
  await attempt('events', () => writeEvents(cluster, namespaces, files));
  const unready = [...mesh.filter(isUnready), ...own.filter(isUnready).slice(0, mostPods)];
  for (const pod of unready) await attempt(`the description of ${nameOf(pod)}`, () => files.write(`${nameOf(pod)}.yaml`, dump(describePod(pod), { noRefs: true, lineWidth: -1 })));
  // Of pods of the run, those that are ready have done what was asked of them, and the report says what that was.
  for (const pod of [...mesh.slice(0, mostPods), ...own.filter(isUnready).slice(0, mostPods)]) {
    for (const { name, now, before } of containersOf(pod)) {
      if (now) await attempt(`the log of ${name} in ${nameOf(pod)}`, () => writeLog(cluster, pod, name, false, files));
      if (before) await attempt(`the log of ${name} in ${nameOf(pod)} before it began anew`, () => writeLog(cluster, pod, name, true, files));
    }
  }
  if (ending.aborted) note(`not everything of the cluster could be had within ${limitMs / 1000} s`);
  if (files.leftOut() > 0) note(`${files.leftOut()} files more were left out, for they would have been too much`);
  return files.written();
}

/** The pods of the mesh's own namespaces: where pods bear its labels, and where it was to be installed. */
async function meshPods(cluster: Cluster, definition: Diagnosing['definition']): Promise<KubeObject[]> {
  const { detect, install } = definition ?? {};
  const detected = detect === undefined ? [] : await cluster.list({ apiVersion: 'v1', kind: 'Pod', labels: detect.labels });
  const namespaces = new Set([...detected.map(({ metadata }) => metadata.namespace ?? ''), ...(install === undefined ? [] : [install.namespace])].filter((name) => !shared.test(name)));
  const beside = detected.filter(({ metadata }) => !namespaces.has(metadata.namespace ?? ''));
  const lists = await Promise.all([...namespaces].map((namespace) => cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace })));
  return [...beside, ...lists.flat()];
}

/** In one call, whatever the number of namespaces. A node that lacks something says so in `default`. */
async function writeEvents(cluster: Cluster, namespaces: ReadonlySet<string>, files: Files): Promise<void> {
  const events = await cluster.list({ apiVersion: 'v1', kind: 'Event' });
  const ofNode = (event: KubeObject): boolean => (event as { involvedObject?: { kind?: string } }).involvedObject?.kind === 'Node';
  const grouped = Map.groupBy(events.filter((event) => namespaces.has(event.metadata.namespace ?? '') || ofNode(event)), (event) => (ofNode(event) ? 'nodes' : (event.metadata.namespace ?? '')));
  for (const [namespace, some] of grouped) await files.write(`${namespace}/events.txt`, `${eventLines(some).join('\n')}\n`);
}

async function writeLog(cluster: Cluster, pod: KubeObject, container: string, previous: boolean, files: Files): Promise<void> {
  const { namespace = '', name } = pod.metadata;
  const text = await cluster.logs({ namespace, name }, container, tailLines, { previous });
  if (text !== '') await files.write(`${nameOf(pod)}.${container}${previous ? '.previous' : ''}.log`, text);
}

function nameOf({ metadata }: KubeObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}

/** Rejects when the time is over; nobody may be waiting for it any more. */
function endOf(signal: AbortSignal): Promise<never> {
  const over = new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('the time for it is over')), { once: true }));
  over.catch(() => undefined);
  return over;
}
