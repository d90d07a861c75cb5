import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { osmHere, writeOsmDefinition } from '../e2e/osm.ts';
import { generator } from './faults.ts';

/** How a run with a real kind came out that was ended at a moment that a seed decides. */
export interface RealTrial {
  seed: number;
  what: string;
  at: string;
  ended: string;
  before: string[];
  remedy: 'cleanup' | 'post' | 'next run';
  after: string[];
  /** What everybody printed, for whoever looks into it. */
  output: string;
}

/** From the first container on, a whole run takes about so long: boot, images, mesh, lanes. */
const longestS = 60;
const root = join(import.meta.dirname, '../..');
const ways = ['the program is killed', 'it is cancelled, and killed a moment later', 'its node is taken away, and it is cancelled'] as const;

/** Boots a real cluster, installs Open Service Mesh and prepares lanes, until the moment comes; then somebody comes after it. Needs a Docker engine, and what `osmHere` says. */
export async function tryReal(seed: number): Promise<RealTrial> {
  const random = generator(seed);
  const here = osmHere(process.env);
  if (here === undefined) throw new Error('E2E_OSM_CHART, E2E_OSM_IMAGES and E2E_NODE_IMAGE have to say where Open Service Mesh and a node image are');
  const way = ways[Math.floor(random() * ways.length)] ?? ways[0];
  const delayS = Math.round(random() * longestS * 10) / 10;
  const remedy = (['cleanup', 'post', 'next run'] as const)[Math.floor(random() * 3)] ?? 'cleanup';
  const folder = mkdtempSync(join(tmpdir(), 'smi-real-'));
  const state = join(folder, 'work', '_smi-conformance');
  let output = '';
  const start = (script: string, ...args: string[]): { child: ChildProcess; ended: Promise<string> } => {
    const { PATH, DOCKER_HOST } = process.env;
    const env = { PATH, HOME: folder, ...(DOCKER_HOST && { DOCKER_HOST }), SMI_CONFORMANCE_STATE: state, RUNNER_TEMP: join(folder, 'work', '_temp'), RUNNER_TOOL_CACHE: join(folder, 'tools') };
    const child = spawn(process.execPath, [join(root, 'src', script), ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    return { child, ended: new Promise((resolve) => child.once('close', (status, signal) => resolve(signal ?? `status ${status}`))) };
  };
  const left = (): string[] => [...containers().map((name) => `the container ${name}`), ...(existsSync(state) ? (readdirSync(state, { recursive: true }) as string[]) : []).filter((name) => name !== 'runs').map((name) => `the file ${name}`)];
  const run = () => start('cli/main.ts', 'run', '--cluster', 'kind', '--node-image', here.nodeImage, '--mesh-definition', writeOsmDefinition(folder, here.chart), '--preload', here.images.join(','), '--only', 'traffic-access/default-deny', '--output', join(folder, 'results'));
  try {
    const { child, ended } = run();
    const over = ended.then(() => true);
    while (containers().length === 0 && child.exitCode === null) await sleep(100);
    await Promise.race([over, sleep(delayS * 1_000, undefined, { ref: false })]);
    await end(child, over, way);
    const how = await ended;
    const before = left();
    if (remedy === 'next run') {
      const dead = readdirSync(join(state, 'runs'));
      const next = run();
      // It sweeps when it has its own cluster; what it does then is of no interest.
      while (next.child.exitCode === null && dead.some((journal) => existsSync(join(state, 'runs', journal)))) await sleep(200);
      next.child.kill('SIGINT');
      await next.ended;
    } else await start(remedy === 'post' ? 'action/post.ts' : 'cli/main.ts', ...(remedy === 'post' ? [] : ['cleanup'])).ended;
    return { seed, what: way, at: `${delayS} s after its node began`, ended: how, before, remedy, after: left(), output };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function end(child: ChildProcess, over: Promise<boolean>, way: (typeof ways)[number]): Promise<void> {
  if (way === 'the program is killed') child.kill('SIGKILL');
  if (way === 'it is cancelled, and killed a moment later') {
    child.kill('SIGINT');
    await Promise.race([over, sleep(300)]);
    child.kill('SIGKILL');
  }
  if (way === 'its node is taken away, and it is cancelled') {
    for (const name of containers()) spawnSync('docker', ['rm', '--force', '--volumes', name]);
    await Promise.race([over, sleep(3_000)]);
    child.kill('SIGINT');
    await Promise.race([over, sleep(7_500, undefined, { ref: false })]);
    child.kill('SIGKILL');
  }
}

/** Of this program's clusters only. */
function containers(): string[] {
  return spawnSync('docker', ['ps', '--all', '--filter', 'label=io.x-k8s.kind.cluster', '--format', '{{.Names}}'], { encoding: 'utf8' }).stdout.split('\n').filter((name) => name.startsWith('smi-conformance-'));
}
