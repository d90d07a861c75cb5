import { isMainThread, parentPort, type Transferable, workerData } from 'node:worker_threads';
import { judgeRun } from './judge-run.ts';
import { type KnownFailure, knownFailures } from './known-failures.ts';
import type { Contents } from './read-ahead.ts';
import { createRequirements, type RequirementFacts } from './requirements.ts';
import { runFiles } from './run-files.ts';
import { createSharing, type OwnFacts, type PlannedResult, type RunFacts, type SharedFacts } from './run-facts.ts';
import { lineOf } from './timeline.ts';
import { type PlainTrust, verifierOf } from './trust.ts';

/** What a thread is told when it starts. */
export interface WorkerTask {
  of: 'site';
  title: string;
  sourceUrl?: string;
  failures: readonly KnownFailure[];
  look: string;
  trust?: PlainTrust;
}

/** A run to judge, and to make the pages of. Runs are given in their order. */
export interface WorkerRun {
  path: string;
  stamp: string;
  contents: Contents;
}

export type WorkerAnswer = JudgedAnswer | { path: string; stamp: string; digest: string; refused: string };

export interface JudgedAnswer {
  path: string;
  stamp: string;
  digest: string;
  own: OwnFacts;
  /** What many runs share is sent with the first of them, and known by its place afterwards; and the plan in it likewise. */
  place: number;
  shared?: Omit<SharedFacts, 'plan'> & { planPlace: number; plan?: PlannedResult[] };
  /** The path of the run that its page says was before it. */
  before: string | undefined;
  files: { path: string; key: string; contents: Uint8Array }[];
}

/** The last answer. */
export interface WorkerEnd {
  requirements: RequirementFacts[];
}

/** Where this module lies, built or not: a thread starts with it. */
export const workerUrl = import.meta.url;

if (!isMainThread && parentPort !== null && (workerData as Partial<WorkerTask> | null)?.of === 'site') void serve(workerData as WorkerTask, parentPort);

async function serve({ title, sourceUrl, failures, look, trust }: WorkerTask, port: NonNullable<typeof parentPort>): Promise<void> {
  const context = { title, known: knownFailures(failures), ...(sourceUrl !== undefined && { sourceUrl }) };
  const verify = trust === undefined ? undefined : await verifierOf(trust);
  const requirements = createRequirements([]);
  const sharing = createSharing();
  const places = new Map<SharedFacts, number>();
  const planPlaces = new Map<PlannedResult[], number>();
  const latest = new Map<string, { facts: RunFacts; path: string }>();
  let turn = Promise.resolve();
  port.on('message', (run: WorkerRun | 'end') => {
    turn = turn.then(async () => {
      if (run !== 'end') return answer(run);
      port.postMessage({ requirements: [...requirements.all().values()] } satisfies WorkerEnd);
      port.close();
    });
  });

  async function answer({ path, stamp, contents }: WorkerRun): Promise<void> {
    const { file: { digest, outcome }, report } = await judgeRun(contents, { stamp, sharing, verify });
    if ('refused' in outcome || report === undefined) return post({ path, stamp, digest, refused: 'refused' in outcome ? outcome.refused : '' });
    requirements.take(report);
    const { facts } = outcome;
    const before = latest.get(lineOf(facts));
    latest.set(lineOf(facts), { facts, path });
    // One that lies elsewhere may be there twice: which of them is shown, only who sees all can say.
    const inPlace = facts.path === path;
    const files = inPlace ? runFiles({ facts, bundled: contents.bundle !== undefined, digest, before: before?.facts, context, look }).flatMap(({ path: to, key, make }) => {
      const made = make(contents, report);
      return made === undefined ? [] : [{ path: to, key, contents: typeof made === 'string' ? new TextEncoder().encode(made) : made }];
    }) : [];
    const { startedAt, id, durationMs } = facts;
    post({ path, stamp, digest, own: { path: facts.path, digest: facts.digest, id, startedAt, durationMs }, ...placed(sharing.sharedOf(facts)), before: before?.path, files }, [...new Set(files.map(({ contents: { buffer } }) => buffer as ArrayBuffer))]);
  }

  function placed(shared: SharedFacts): Pick<JudgedAnswer, 'place' | 'shared'> {
    const known = places.get(shared);
    if (known !== undefined) return { place: known };
    const { plan, ...rest } = shared;
    const place = places.size;
    places.set(shared, place);
    const planPlace = planPlaces.get(plan);
    if (planPlace !== undefined) return { place, shared: { ...rest, planPlace } };
    planPlaces.set(plan, planPlaces.size);
    return { place, shared: { ...rest, planPlace: planPlaces.size - 1, plan } };
  }

  function post(message: WorkerAnswer, transfer: Transferable[] = []): void {
    port.postMessage(message, transfer);
  }
}
