import { availableParallelism } from 'node:os';
import { relative, resolve, sep } from 'node:path';
import { ConformanceError } from '../model/errors.ts';
import type { Assertion } from '../model/assertion.ts';
import { openRuns } from '../publish/index.ts';
import { cancelled } from '../tools/index.ts';
import { changesOf } from './changes.ts';
import type { Context } from './context.ts';
import { knownFailures, readKnownFailures } from './known-failures.ts';
import { latestResults } from './latest-results.ts';
import { dataOf, places } from './links.ts';
import { manifestName, manifestText, readManifest } from './manifest.ts';
import { digestOf, openOutput } from './output.ts';
import type { Made } from './page-result.ts';
import { aboutPage } from './pages/about.ts';
import { assertionPage } from './pages/assertion.ts';
import { changePage } from './pages/changes.ts';
import { comparePage } from './pages/compare.ts';
import { homePage } from './pages/home.ts';
import { meshPage } from './pages/mesh.ts';
import { requirementsPage } from './pages/requirements.ts';
import { runPages } from './pages/runs.ts';
import type { Verifier } from './provenance.ts';
import { createRequirements } from './requirements.ts';
import { createSharing } from './run-facts.ts';
import { type RunInputs, takeRuns } from './run-inputs.ts';
import { script } from './script.ts';
import { style } from './style.ts';
import { byMesh } from './timeline.ts';
import type { PlainTrust } from './trust.ts';
import { toYaml } from './yaml.ts';

export interface SiteOptions {
  /** `SMI conformance` where absent. */
  title?: string;
  /** Branch of a bare repository; `smi-conformance` where absent. */
  branch?: string;
  /** The suite: assertions without a run get their page too. */
  catalogue?: readonly Assertion[];
  /** A file of known failures (`known-failures.schema.json`). */
  knownFailures?: string;
  /** Where the branch can be read, ending in `/`: reports and bundles are then linked there and not copied. */
  sourceUrl?: string;
  /** Checks bundles; without one, the pages say what bundles say of themselves. `policy` changes whenever the same bundle could be judged otherwise. */
  verifier?: { policy: string; verify: Verifier; /** The same as data, by which several threads check. */ trust?: PlainTrust };
  /** How many threads judge runs where there are many; two where absent, if the machine has as many processors. */
  threads?: number;
  environment: NodeJS.ProcessEnv;
  signal: AbortSignal;
  log(line: string): void;
}

export interface SiteFigures {
  runs: number;
  /** Files that are not shown, and why. */
  refused: { path: string; why: string }[];
  files: number;
  written: number;
  removed: number;
  /** Of all files of the site. */
  bytes: number;
  /** Of what the home page loads. */
  firstViewBytes: number;
}

/** Raised whenever the same runs would make other pages, or bundles be judged otherwise; the style sheet and the script are told apart by themselves. */
const layout = 2;
/** Each has a heap of its own, and memory is to stay below half a gigabyte. */
const mostThreads = 2;
/** GitHub Pages takes no more. */
const mostBytes = 1024 ** 3;

/**
 * Builds the pages about all runs in a folder or bare repository. Only what changed since the last build is read and written. Rejects with
 * BAD_INPUT for a wrong folder, BAD_DEFINITION for a wrong list of known failures, WRITE_FAILED, and CANCELLED.
 */
export async function buildSite(runsDirectory: string, outDirectory: string, options: SiteOptions): Promise<SiteFigures> {
  checkFolders(runsDirectory, outDirectory);
  const { title = 'SMI conformance', sourceUrl, verifier, environment, signal, log } = options;
  const failures = options.knownFailures === undefined ? [] : await readKnownFailures(options.knownFailures);
  const known = knownFailures(failures);
  const reading = digestOf(JSON.stringify([layout, verifier?.policy]));
  const sharing = createSharing();
  const before = await readManifest(outDirectory, reading, sharing);
  await using runs = await openRuns(runsDirectory, { environment, signal, ...(options.branch !== undefined && { branch: options.branch }) });
  const output = await openOutput(outDirectory, before);
  const requirements = createRequirements(options.catalogue ?? [], before?.requirements);

  const inputs: RunInputs = {
    entries: runs.entries, before: before?.files ?? new Map(), output, requirements, sharing, signal, log,
    look: digestOf(JSON.stringify([layout, title, failures, sourceUrl])),
    context: { title, known, ...(sourceUrl !== undefined && { sourceUrl }) },
    ...(verifier !== undefined && { verify: verifier.verify }),
    threads: options.threads ?? Math.min(mostThreads, availableParallelism()),
  };
  if (verifier === undefined || verifier.trust !== undefined) inputs.task = { of: 'site', title, failures, look: inputs.look, ...(sourceUrl !== undefined && { sourceUrl }), ...(verifier?.trust && { trust: verifier.trust }) };
  const { files, shown, refused } = await takeRuns(inputs);

  const context: Context = { ...inputs.context, meshes: byMesh([...shown.keys()]), requirements: requirements.all(), refused };
  for await (const { path, html, data } of pagesOf(context, shown)) {
    if (signal.aborted) throw cancelled(signal);
    await output.write(path, html);
    if (data === undefined) continue;
    await output.write(dataOf(path, 'json'), `${JSON.stringify(data)}\n`);
    await output.write(dataOf(path, 'yaml'), toYaml(data));
  }
  await output.write(places.style, style);
  await output.write(places.script, script);
  const { written, removed } = await output.finish();
  const pages = new Map(output.pages);
  await output.write(manifestName, manifestText({ files, requirements: [...context.requirements.values()], pages }, reading, sharing));
  await output.finish();

  const bytes = [...output.pages.values()].reduce((sum, [, size]) => sum + size, 0);
  if (bytes > mostBytes) log(`the pages have ${Math.round(bytes / 1024 ** 2)} MiB, and GitHub Pages takes 1024: link the reports instead of copying them (sourceUrl)`);
  const firstViewBytes = [places.home, places.style, places.script].reduce((sum, path) => sum + (output.pages.get(path)?.[1] ?? 0), 0);
  return { runs: shown.size, refused, files: output.pages.size, written, removed, bytes, firstViewBytes };
}

/** Every page about more than one run. There are few of them, and few of them change; so all are made and compared. */
async function* pagesOf(context: Context, shown: Awaited<ReturnType<typeof takeRuns>>['shown']): AsyncGenerator<Made> {
  const changes = context.meshes.map((mesh) => ({ mesh, list: changesOf(mesh) }));
  const newest = changes.flatMap(({ list }) => list.slice(0, 1)).toSorted((a, b) => (a.after.startedAt < b.after.startedAt ? 1 : -1));
  yield homePage(context, newest);
  yield requirementsPage(context);
  for (const { mesh, list } of changes) {
    yield meshPage(mesh, list, context);
    for (const change of list) yield changePage(change, context);
  }
  const latest = await latestResults(context.meshes, shown);
  for (const requirement of context.requirements.values()) yield assertionPage(requirement, latest(requirement.id), context);
  yield* runPages(context);
  yield comparePage(context);
  yield aboutPage(context);
}

/** Pages among the runs would be taken for runs at the next build, and runs among the pages for pages. */
function checkFolders(runsDirectory: string, outDirectory: string): void {
  const [runs, out] = [resolve(runsDirectory), resolve(outDirectory)];
  const within = (inner: string, outer: string): boolean => !relative(outer, inner).split(sep).includes('..') && !relative(outer, inner).startsWith(sep);
  if (within(out, runs) || within(runs, out)) throw new ConformanceError('BAD_INPUT', `The runs (${runs}) and the pages (${out}) must not lie within each other. Name another folder for the pages.`);
}
