import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { mainOf } from './bench/door.ts';
import { embeddedRun, realRun, type RunFigures } from './bench/run.ts';
import { probeThroughput } from './bench/probe.ts';

const root = join(import.meta.dirname, '..');
const limits = { embeddedMs: 60_000, realMs: 180_000, requestsPerSecond: 1_500, startRatio: 3.5, residentMiB: 200 };

/** Measures every figure that the project claims, in one run on one machine, and writes them to `docs/benchmarks.md`. Ends with 1 where a limit is not kept. */
const embedded = await embeddedRun(root);
const probe = await probeThroughput(root);
const door = await mainOf(root);
const real = process.env['KUBECONFIG'] === undefined ? undefined : await realRun(root, process.env['SERVICE_MESH'] ?? 'osm');

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
const rows: { what: string; limit: string; seen: string; kept: boolean }[] = [
  { what: 'Embedded run of the whole suite, from start to report', limit: `≤ ${seconds(limits.embeddedMs)}`, seen: seconds(embedded.wallMs), kept: embedded.wallMs <= limits.embeddedMs },
  {
    what: 'HTTP requests through one client on the embedded cluster, each on a fresh connection, through both side proxies',
    limit: `≥ ${limits.requestsPerSecond}/s`,
    seen: `${Math.round(probe.meshedPerSecond)}/s`,
    kept: probe.meshedPerSecond >= limits.requestsPerSecond,
  },
  { what: '`dist/main.js` with bad input, as a multiple of an empty Node script', limit: `≤ ${limits.startRatio}×`, seen: `${door.ratio.toFixed(2)}× (${door.mainMs.toFixed(0)} ms / ${door.emptyMs.toFixed(0)} ms)`, kept: door.ratio <= limits.startRatio },
  { what: 'Resident memory of the embedded run, which holds the cluster and every pod', limit: 'for information', seen: `${embedded.residentMiB.toFixed(0)} MiB`, kept: true },
  ...(real === undefined
    ? []
    : [
        { what: `Run on a real cluster with ${real.mesh}, from start to report, clean-up included`, limit: `≤ ${seconds(limits.realMs)}`, seen: seconds(real.wallMs), kept: real.wallMs <= limits.realMs },
        { what: 'Resident memory of the process in that run', limit: `< ${limits.residentMiB} MiB`, seen: `${real.residentMiB.toFixed(0)} MiB`, kept: real.residentMiB < limits.residentMiB },
      ]),
];

const table = ['| what | limit | measured | |', '|---|---|---|---|', ...rows.map(({ what, limit, seen, kept }) => `| ${what} | ${limit} | ${seen} | ${kept ? 'kept' : '**not kept**'} |`)].join('\n');
const text = `# Benchmarks

Written by \`npm run bench\`; ratios are taken within one run on one machine, so they can be compared, absolute times cannot. With \`KUBECONFIG\` set
the run on that cluster is measured too (\`SERVICE_MESH\` names the mesh; \`osm\` where it is not set).

Machine of these figures: ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.versions.node}.

${table}

## Where the time goes
${[embedded, ...(real === undefined ? [] : [real])].map(breakdown).join('\n\n')}

## The limit
One fresh HTTP connection costs the client a connect, a write, a read and a close, and each proxy and the server as much again. Without a mesh, over plain
loopback, the same client reaches ${Math.round(probe.plainPerSecond)}/s here; through both side proxies of the reference mesh it reaches ${Math.round((100 * probe.meshedPerSecond) / probe.plainPerSecond)} % of that.
`;
await writeFile(join(root, 'docs/benchmarks.md'), text);
process.stdout.write(`${table}\n`);
process.exitCode = rows.every(({ kept }) => kept) ? 0 : 1;

function breakdown({ mesh, phases, lanes, convergenceMs, trafficMs, wallMs }: RunFigures): string {
  return [
    `${mesh}: ${seconds(wallMs)} in all.`,
    '',
    '| phase | time |',
    '|---|---|',
    ...phases.map(({ name, durationMs }) => `| ${name} | ${seconds(durationMs)} |`),
    '',
    `Over ${lanes} lanes that work side by side: ${seconds(convergenceMs)} until changes were in force, ${seconds(trafficMs)} in looks that were judged.`,
  ].join('\n');
}
