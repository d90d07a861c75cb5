import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { inc } from 'semver';
import { ConformanceError } from '../src/model/errors.ts';
import { loadSuite } from '../src/suite/index.ts';

const usage = `npm run suite-version -- major|minor|patch "what changed" [--root FOLDER]

Gives a changed catalogue its next version: in assertions/suite.yaml, and in assertions/versions.json with its digest and what changed. Which part is raised is
said in docs/suite-versions.md. Without arguments it says whether the catalogue is the one of its version.`;

const parts = ['major', 'minor', 'patch'] as const;
type Part = (typeof parts)[number];

/** One version of the catalogue. */
export interface SuiteVersion {
  version: string;
  /** Of the catalogue, as reports have it. */
  digest: string;
  changes: string;
}

/** The versions of the catalogue, newest first. */
export async function readVersions(root: string): Promise<[SuiteVersion, ...SuiteVersion[]]> {
  const versions = JSON.parse(await readFile(pathOf(root), 'utf8')) as SuiteVersion[];
  const [newest, ...older] = versions;
  if (newest === undefined) throw new TypeError(`${pathOf(root)} has no version`);
  return [newest, ...older];
}

/** What is wrong between the catalogue and the list of its versions, and the command that mends it; undefined where nothing is. */
export async function staleness(root: string): Promise<string | undefined> {
  const [{ version, digest }, [newest]] = await Promise.all([loadSuite(join(root, 'assertions')), readVersions(root)]);
  if (version !== newest.version) return `assertions/suite.yaml says version ${version}, and the newest in assertions/versions.json is ${newest.version}: take it back, and ${remedy}`;
  return digest === newest.digest ? undefined : `the catalogue has changed (sha256:${digest}), and version ${version} is sha256:${newest.digest}: ${remedy}`;
}

const remedy = 'run npm run suite-version -- major|minor|patch "what changed" (docs/suite-versions.md says which)';

/** Raises the version of a catalogue that has changed. */
async function raise(root: string, part: Part, changes: string): Promise<string> {
  const file = join(root, 'assertions/suite.yaml');
  const [{ version, digest }, versions, text] = await Promise.all([loadSuite(join(root, 'assertions')), readVersions(root), readFile(file, 'utf8')]);
  const [newest] = versions;
  if (digest === newest.digest) throw new ConformanceError('BAD_INPUT', `nothing has changed since version ${newest.version}`);
  if (version !== newest.version) throw new ConformanceError('BAD_INPUT', `assertions/suite.yaml says version ${version}, and the newest is ${newest.version}: take it back, this command raises it`);
  const next = inc(version, part);
  if (next === null) throw new ConformanceError('BAD_INPUT', `${version} is no version`);
  await writeFile(file, text.replace(/^version: .*$/m, `version: ${next}`));
  const raised: SuiteVersion = { version: next, digest: (await loadSuite(join(root, 'assertions'))).digest, changes };
  await writeFile(pathOf(root), `${JSON.stringify([raised, ...versions], undefined, 2)}\n`);
  return `version ${next}, sha256:${raised.digest}`;
}

function pathOf(root: string): string {
  return join(root, 'assertions/versions.json');
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { root: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
  const root = values.root ?? resolve(import.meta.dirname, '..');
  const [word, changes = '', ...rest] = positionals;
  const part = parts.find((one) => one === word);
  if (values.help === true) console.log(usage);
  else if (word === undefined) {
    const stale = await staleness(root);
    console.log(stale ?? 'The catalogue is the one of its version.');
    return stale === undefined ? 0 : 1;
  } else if (part === undefined || changes.trim() === '' || rest.length > 0) {
    console.error(usage);
    return 2;
  } else console.log(await raise(root, part, changes.trim()));
  return 0;
}

if (import.meta.main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof ConformanceError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
