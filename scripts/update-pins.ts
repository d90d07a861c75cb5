import { readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import schema from '../src/tools/pins.schema.json' with { type: 'json' };
import { publishedSha256 } from '../src/tools/checksum.ts';
import { buildOf, type Pins, type ToolName, toolNames } from '../src/tools/pins.ts';
import { compileSchema } from '../src/yaml/index.ts';

const usage = `npm run update-pins [-- TOOL=VERSION…] [--lock FILE] [--trust-new]

Renews the lock file from the checksum files that are published beside the programs: asks for every version and platform in it, and adds
those that it lacks. TOOL=VERSION (kind=0.34.0) adds a version and makes it the one that is downloaded. A checksum that is published otherwise than
it is locked is an error, and nothing is written, unless --trust-new says that this is meant.`;

const platforms = [['linux', 'x64'], ['linux', 'arm64'], ['darwin', 'x64'], ['darwin', 'arm64']] as const;
const askingMs = 30_000;

/** Node images are not among what is renewed: their digests are in the notes of kind's releases only. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { lock: { type: 'string' }, 'trust-new': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
  if (values.help === true) {
    console.log(usage);
    return 0;
  }
  const path = values.lock ?? join(dirname(fileURLToPath(import.meta.url)), '../src/tools/pins.json');
  const text = await readFile(path, 'utf8');
  const lock = JSON.parse(text) as Pins;
  const wrong = check(lock) ?? choose(lock, positionals);
  if (wrong !== undefined) {
    console.error(wrong);
    return 2;
  }
  const changes = (await Promise.all(toolNames.map((name) => renew(name, lock)))).flat();
  for (const { line } of changes) console.log(line);
  if (changes.some(({ kind }) => kind === 'unknown') || (values['trust-new'] !== true && changes.some(({ kind }) => kind === 'differs'))) {
    console.error('Nothing was written.');
    return 1;
  }
  const renewed = render(lock);
  if (renewed !== text) {
    await writeFile(`${path}.new`, renewed);
    await rename(`${path}.new`, path);
  }
  console.log(renewed === text ? 'The lock file is up to date.' : `${path} was written.`);
  return 0;
}

function check(lock: Pins): string | undefined {
  const validate = compileSchema<Pins>(schema);
  return validate(lock) ? undefined : `The lock file is not as its schema says: ${JSON.stringify(validate.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`))}`;
}

/** Puts the versions that were asked for into the lock; returns what is wrong with them. */
function choose(lock: Pins, wishes: readonly string[]): string | undefined {
  for (const wish of wishes) {
    const [, name, version] = /^([a-z]+)=v?(\d+\.\d+\.\d+)$/.exec(wish) ?? [];
    const tool = lock.tools[name as ToolName];
    if (tool === undefined || version === undefined) return `"${wish}" is not TOOL=VERSION with one of ${toolNames.join(', ')}.\n\n${usage}`;
    // Where PATH must have just the locked version, it must have just the new one.
    if (tool.accepted === tool.version) tool.accepted = version;
    tool.version = version;
    tool.checksums[version] ??= {};
  }
  return undefined;
}

interface Change {
  kind: 'added' | 'differs' | 'missing' | 'unknown';
  line: string;
}

async function renew(name: ToolName, lock: Pins): Promise<Change[]> {
  const tool = lock.tools[name];
  const versions = [...new Set([...Object.keys(tool.checksums), tool.version])];
  const asked = versions.flatMap((version) => platforms.map(([platform, arch]) => ({ version, build: buildOf(tool, version, platform, arch) })));
  const changes = await Promise.all(
    asked.map(async ({ version, build }): Promise<Change | undefined> => {
      if (build === undefined) return undefined;
      const what = `${name} ${version} ${build.platform}`;
      const published = await askFor(build.checksumUrl, basename(new URL(build.url).pathname));
      if ('trouble' in published) return { kind: published.gone ? 'missing' : 'unknown', line: `${what}: ${published.trouble}` };
      const before = build.sha256;
      if (before === published.sha256) return undefined;
      (tool.checksums[version] ??= {})[build.platform] = published.sha256;
      return before === undefined ? { kind: 'added', line: `${what}: added` } : { kind: 'differs', line: `${what}: locked is ${before}, published is ${published.sha256}` };
    }),
  );
  // A platform that a version was never published for stays without a checksum; a version without any was never published.
  for (const version of versions) if (Object.keys(tool.checksums[version] ?? {}).length === 0) return [{ kind: 'unknown', line: `${name} ${version}: no checksum of it is published` }, ...changes.filter((change) => change !== undefined)];
  return changes.filter((change) => change !== undefined);
}

async function askFor(url: string, fileName: string): Promise<{ sha256: string } | { trouble: string; gone: boolean }> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(askingMs) });
    const text = await response.text();
    if (!response.ok) return { trouble: `${url} answered with status ${response.status}`, gone: response.status === 404 };
    const sha256 = publishedSha256(text, fileName);
    return sha256 === undefined ? { trouble: `${url} holds no SHA-256 of ${fileName}`, gone: false } : { sha256 };
  } catch (error) {
    return { trouble: `${url} cannot be had: ${(error as Error).message}`, gone: false };
  }
}

/** Versions and platforms in order, and each node image on a line, so that a change is a short difference. */
function render(lock: Pins): string {
  for (const tool of Object.values(lock.tools)) {
    const versions = Object.keys(tool.checksums).toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    tool.checksums = Object.fromEntries(versions.map((version) => [version, Object.fromEntries(Object.entries(tool.checksums[version] ?? {}).toSorted(([a], [b]) => a.localeCompare(b)))]));
  }
  const text = JSON.stringify(lock, null, 2);
  return `${text.replaceAll(/\{\s+"kubernetes": ("[^"]+"),\s+"kind": ("[^"]+"),\s+"digest": ("[^"]+")\s+\}/g, '{ "kubernetes": $1, "kind": $2, "digest": $3 }')}\n`;
}

process.exitCode = await main();
