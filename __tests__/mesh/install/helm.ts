import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A stand-in for Helm: it takes the commands that it knows, with exactly the flags that they have, and keeps releases in a file. What it installs are releases only. */
export interface FakeHelm {
  directory: string;
  environment: NodeJS.ProcessEnv;
  /** Folder of a chart for `helm show chart`. */
  chart: string;
  releases(): Promise<Record<string, { status: string; revision: number; chart: string; app_version: string }>>;
  setRelease(place: string, release: { status: string; revision?: number; chart?: string; app_version?: string }): Promise<void>;
  /** What it does to the next commands: `fail` ends it with an error, `hang` keeps it until it is ended, `fail-hooks` fails where hooks are to run. */
  behave(how: 'well' | 'fail' | 'hang' | 'fail-hooks'): Promise<void>;
  /** The arguments of each command, but for questions. */
  commands(): Promise<string[]>;
  /** Whether it has been asked to install or to take off anything. */
  begun(): boolean;
  /** The values that it was last given. */
  values(): Promise<unknown>;
  remove(): Promise<void>;
}

const program = `#!${process.execPath}
const { readFileSync, writeFileSync, appendFileSync, existsSync, statSync } = require('node:fs');
const { join } = require('node:path');
const own = __dirname;
const fail = (text) => { console.error('Error: ' + text); process.exit(1); };
const flags = { namespace: 1, values: 1, timeout: 1, kubeconfig: 1, filter: 1, output: 1, install: 0, all: 0, 'no-hooks': 0, 'ignore-not-found': 0, short: 0 };
const allowed = { version: ['short'], show: [], list: ['all', 'namespace', 'filter', 'output', 'kubeconfig'], upgrade: ['install', 'namespace', 'values', 'timeout', 'kubeconfig'], uninstall: ['namespace', 'ignore-not-found', 'timeout', 'no-hooks', 'kubeconfig'] };
const given = {}, words = [];
const args = process.argv.slice(2);
while (args.length > 0) {
  const arg = args.shift();
  if (!arg.startsWith('--')) { words.push(arg); continue; }
  const name = arg.slice(2);
  if (!(name in flags)) fail('unknown flag: ' + arg);
  given[name] = flags[name] === 1 ? args.shift() : true;
}
const [verb] = words;
if (!(verb in allowed)) fail('unknown command "' + verb + '"');
for (const name of Object.keys(given)) if (!allowed[verb].includes(name)) fail('unknown flag: --' + name);
if (['list', 'upgrade', 'uninstall'].includes(verb) && (given.kubeconfig === undefined || given.namespace === undefined)) fail('no cluster or namespace is named');
for (const name of ['HELM_CACHE_HOME', 'HELM_CONFIG_HOME', 'HELM_DATA_HOME']) if (verb !== 'version' && process.env[name] === undefined) fail(name + ' is not set');
const file = join(own, 'releases.json');
const releases = JSON.parse(readFileSync(file, 'utf8'));
const behaviour = readFileSync(join(own, 'behaviour'), 'utf8');
const keep = () => writeFileSync(file, JSON.stringify(releases));
if (['upgrade', 'uninstall'].includes(verb)) appendFileSync(join(own, 'commands'), process.argv.slice(2).join(' ') + '\\n');
if (verb === 'version') console.log('v3.22.0+g1234567');
if (verb === 'show') {
  if (words[1] !== 'chart') fail('unknown command');
  if (!existsSync(words[2])) fail('path "' + words[2] + '" not found');
  console.log(statSync(words[2]).isDirectory() ? readFileSync(join(words[2], 'Chart.yaml'), 'utf8') : 'name: mesh\\nversion: 1.0.0\\nappVersion: v1.0.0');
}
const place = given.namespace + '/' + words[1];
if (verb === 'list') {
  const name = given.filter.slice(1, -1);
  const found = releases[given.namespace + '/' + name];
  console.log(JSON.stringify(found === undefined || !given.all ? [] : [{ name, namespace: given.namespace, ...found, revision: String(found.revision) }]));
}
if (verb === 'upgrade') {
  if (!/^\\d+s$/.test(given.timeout)) fail('invalid duration');
  writeFileSync(join(own, 'values'), readFileSync(given.values));
  if ((statSync(given.values).mode & 0o077) !== 0) fail('everybody can read the values');
  const old = releases[place];
  if (old !== undefined && old.status.startsWith('pending')) fail('another operation (install/upgrade/rollback) is in progress');
  releases[place] = { status: 'pending-install', revision: (old?.revision ?? 0) + 1, chart: 'mesh-1.0.0', app_version: 'v1.0.0' };
  keep();
  if (behaviour === 'fail') { releases[place].status = 'failed'; keep(); console.log('beginning'); fail('INSTALLATION FAILED: the chart is no good'); }
  if (behaviour === 'hang') setInterval(() => undefined, 1000);
  else { releases[place].status = 'deployed'; keep(); console.log('STATUS: deployed'); }
}
if (verb === 'uninstall') {
  if (behaviour === 'fail-hooks' && !given['no-hooks']) fail('a hook failed');
  if (releases[place] === undefined && !given['ignore-not-found']) fail('uninstall: Release not loaded');
  delete releases[place];
  keep();
}
`;

export async function fakeHelm(): Promise<FakeHelm> {
  const directory = await mkdtemp(join(tmpdir(), 'helm-'));
  const chart = join(directory, 'chart');
  const file = (name: string): string => join(directory, name);
  const { mkdir } = await import('node:fs/promises');
  await mkdir(chart);
  await Promise.all([writeFile(file('helm'), program), writeFile(file('package.json'), '{"type":"commonjs"}'), writeFile(file('releases.json'), '{}'), writeFile(file('behaviour'), 'well'), writeFile(file('commands'), ''), writeFile(join(chart, 'Chart.yaml'), 'name: mesh\nversion: 1.0.0\nappVersion: v1.0.0\n')]);
  await chmod(file('helm'), 0o755);
  const releases: FakeHelm['releases'] = async () => JSON.parse(await readFile(file('releases.json'), 'utf8')) as Awaited<ReturnType<FakeHelm['releases']>>;
  return {
    directory,
    chart,
    environment: { PATH: directory },
    releases,
    setRelease: async (place, release) => writeFile(file('releases.json'), JSON.stringify({ ...(await releases()), [place]: { revision: 1, chart: 'mesh-1.0.0', app_version: 'v1.0.0', ...release } })),
    behave: (how) => writeFile(file('behaviour'), how),
    commands: async () => (await readFile(file('commands'), 'utf8')).split('\n').filter((line) => line !== ''),
    begun: () => readFileSync(file('commands'), 'utf8') !== '',
    values: async () => JSON.parse(await readFile(file('values'), 'utf8')) as unknown,
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
