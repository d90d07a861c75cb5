import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { differing, overConcurrency, plotOf } from './bench/concurrency.ts';
import { mainOf } from './bench/door.ts';
import { embeddedRun, everyOther, firstSuite, realRun, type RunFigures } from './bench/run.ts';
import { probeThroughput } from './bench/probe.ts';

const root = join(import.meta.dirname, '..');
// The whole suite on a real cluster takes ten minutes.
const { values } = parseArgs({ options: { 'first-only': { type: 'boolean', default: false } } });

/** Measures every figure that the project claims, in one run on one machine, and writes them to `docs/benchmarks.md`. Ends with 1 where a limit is not kept. */
const firstIds = await firstSuite(root);
const first = await embeddedRun(root, ...firstIds);
const embedded = await embeddedRun(root);
const half = await embeddedRun(root, ...everyOther(embedded));
const probe = await probeThroughput(root);
const door = await mainOf(root);
const atOnce = await overConcurrency(root);
const mesh = process.env['SERVICE_MESH'] ?? 'osm';
const real = process.env['KUBECONFIG'] === undefined ? undefined : { first: await realRun(root, mesh, ...firstIds), whole: values['first-only'] ? undefined : await realRun(root, mesh) };

interface Row {
  what: string;
  limit: string;
  seen: string;
  kept: boolean;
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
const atMost = (what: string, limit: number, seen: number, text: (value: number) => string): Row => ({ what, limit: `≤ ${text(limit)}`, seen: text(seen), kept: seen <= limit });
const atLeast = (what: string, limit: number, seen: number, text: (value: number) => string): Row => ({ what, limit: `≥ ${text(limit)}`, seen: text(seen), kept: seen >= limit });
const kilobytes = (bytes: number): string => `${Math.round(bytes / 1_000)} kB`;
const mebibytes = (size: number): string => `${Math.round(size)} MiB`;
const perSecond = (count: number): string => `${Math.round(count)}/s`;
const times = (ratio: number): string => `${ratio.toFixed(2)}×`;
const others = differing(atOnce);

const rows: Row[] = [
  atMost(`Embedded run of the first suite (${first.judged} results), from start to report`, 15_000, first.wallMs, seconds),
  atMost(`Embedded run of the whole suite (${embedded.judged} results)`, 60_000, embedded.wallMs, seconds),
  atMost(`Its time, as a multiple of that of a run of half the suite (${half.judged} results, every other assertion with its gates)`, embedded.judged / half.judged, embedded.wallMs / half.wallMs, times),
  atMost('Its report', 500_000, embedded.reportBytes, kilobytes),
  atLeast('HTTP requests through one client on the embedded cluster, each on a fresh connection, through both side proxies', 1_500, probe.meshedPerSecond, perSecond),
  atMost(`\`dist/main.js\` with bad input (${door.mainMs.toFixed(0)} ms), as a multiple of an empty Node script (${door.emptyMs.toFixed(0)} ms)`, 3.5, door.ratio, times),
  { what: 'Resident memory of the embedded run, which holds the cluster and every pod', limit: 'for information', seen: mebibytes(embedded.residentMiB), kept: true },
  { what: 'Verdicts of the embedded run with 1 to 16 assertions at once', limit: 'the same', seen: others.length === 0 ? 'the same' : others.join('; '), kept: others.length === 0 },
  ...(real === undefined
    ? []
    : [
        atMost(`First suite on a real cluster with ${real.first.mesh} (${real.first.judged} results), from start to report, clean-up included`, 90_000, real.first.wallMs, seconds),
        atMost('Resident memory of the process in that run', 200, real.first.residentMiB, mebibytes),
      ]),
  ...(real?.whole === undefined
    ? []
    : [
        atMost(`Whole suite on it (${real.whole.judged} results)`, 180_000, real.whole.wallMs, seconds),
        atLeast('Assertions judged there in a minute', 45, (real.whole.judged / real.whole.wallMs) * 60_000, (count) => count.toFixed(0)),
        atMost('Its report', 500_000, real.whole.reportBytes, kilobytes),
        atMost('Resident memory of the process in that run', 250, real.whole.residentMiB, mebibytes),
      ]),
];

const table = ['| what | limit | measured | |', '|---|---|---|---|', ...rows.map(({ what, limit, seen, kept }) => `| ${what} | ${limit} | ${seen} | ${kept ? 'kept' : '**not kept**'} |`)].join('\n');
const text = `# Benchmarks

Written by \`npm run bench\`; ratios are taken within one run on one machine, so they can be compared, absolute times cannot. With \`KUBECONFIG\` set
the runs on that cluster are measured too (\`SERVICE_MESH\` names the mesh; \`osm\` where it is not set), with \`--first-only\` that of the first suite
alone. The first suite is \`scripts/bench/first-suite.json\`.

Machine of these figures: ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.versions.node}.

${table}

## Where the time goes
${[embedded, real?.first, real?.whole].filter((run) => run !== undefined).map(breakdown).join('\n\n')}

## Assertions at once
Whether these runs give the same verdicts is in the table. The embedded cluster runs every pod and the mesh in one process, so that more at once gains little there; a real mesh gains, as
long as it is waited for and not for the processor.

${plotOf(atOnce)}

## The limit
One fresh HTTP connection costs the client a connect, a write, a read and a close, and each proxy and the server as much again. Without a mesh, over plain
loopback, the same client reaches ${Math.round(probe.plainPerSecond)}/s here; through both side proxies of the reference mesh it reaches ${Math.round((100 * probe.meshedPerSecond) / probe.plainPerSecond)} % of that.

On a real cluster a change costs what the mesh takes for it: Open Service Mesh gathers changes for two seconds after the last one, so that an assertion that applies something and is cleaned
up behind cannot take less than four. It also takes in no more than ten events a second, after a first hundred, and each pod of a lane is about ten of them until it is ready: architecture.md says
where that stands in its source. The pods of a lane cost more than a second of processor time each until they are ready, and a node has room for thirty with side proxies.
`;
await writeFile(join(root, 'docs/benchmarks.md'), text);
process.stdout.write(`${table}\n`);
process.exitCode = rows.every(({ kept }) => kept) ? 0 : 1;

function breakdown({ mesh, judged, phases, lanes, convergenceMs, trafficMs, wallMs }: RunFigures): string {
  return [
    `${mesh}, ${judged} results: ${seconds(wallMs)} in all.`,
    '',
    '| phase | time |',
    '|---|---|',
    ...phases.map(({ name, durationMs }) => `| ${name} | ${seconds(durationMs)} |`),
    '',
    `Over ${lanes} lanes that work side by side: ${seconds(convergenceMs)} until changes were in force, ${seconds(trafficMs)} in looks that were judged.`,
  ].join('\n');
}
