import { chmod, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { KubeObject } from '../../cluster/port.ts';
import { ConformanceError } from '../../model/errors.ts';
import { type CliPart, type Program, type ProgramPlatform, programPlatforms } from '../../model/install.ts';
import { publishedSha256 } from '../../tools/checksum.ts';
import { runProgram } from '../../tools/index.ts';
import { fetchFile, requireSha256, type Surroundings } from './fetch.ts';
import { objectsIn } from './manifests.ts';
import { sameVersion } from './version.ts';

const unpackMs = 60_000;
const renderMs = 120_000;

/** Has the makers' program print its manifests. It is given no cluster. Rejects as `readManifests`, and with COMMAND_FAILED. */
export async function renderManifests({ program, render }: CliPart, namespace: string, version: string, surroundings: Surroundings): Promise<KubeObject[]> {
  const { directory, signal, environment } = surroundings;
  const file = await ensureProgram(program, version, surroundings);
  const objects: KubeObject[] = [];
  for (const template of render) {
    const args = template.map((arg) => arg.replaceAll('{namespace}', namespace).replaceAll('{version}', version));
    surroundings.log(`${program.name} ${args.join(' ')}`);
    // The output may hold keys that were just made: it is not for the log.
    const { stdout } = await runProgram(file, args, { signal, timeoutMs: renderMs, cwd: directory, env: { KUBECONFIG: join(directory, 'none') }, log: () => undefined, ...(environment !== undefined && { environment }) });
    objects.push(...objectsIn(stdout, `the output of ${program.name} ${args.join(' ')}`, namespace));
  }
  return objects;
}

/** The program of that version on this machine: the user's own, or downloaded and checked. Rejects with TOOL_UNAVAILABLE and WRONG_CHECKSUM. */
async function ensureProgram(program: Program, version: string, surroundings: Surroundings): Promise<string> {
  if (program.path !== undefined) return program.path;
  const { directory, log, signal, environment } = surroundings;
  const { platform, fill } = buildOf(program, version);
  const url = fill(program.url ?? '');
  log(`downloading ${program.name} ${version} from ${url}`);
  const file = await fetchFile(url, join(directory, program.member === undefined ? program.name : `${program.name}.tar.gz`), `${program.name} ${version}`, surroundings);
  const pinned = program.pins?.find((pin) => sameVersion(pin.version, version))?.sha256[platform];
  await requireSha256(file, pinned ?? (await published(program, fill, url, version, surroundings)), url);
  if (program.member === undefined) {
    await chmod(file, 0o755);
    return file;
  }
  const member = fill(program.member);
  await runProgram('tar', ['-xzf', file, '-C', directory, member], { signal, timeoutMs: unpackMs, log, ...(environment !== undefined && { environment }) });
  return join(directory, member);
}

/** The build for this machine. */
function buildOf(program: Program, version: string): { platform: ProgramPlatform; fill: (template: string) => string } {
  const platform = programPlatforms.find((one) => one === `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`);
  const name = platform && program.platforms?.[platform];
  if (platform === undefined || name === undefined) {
    throw new ConformanceError('TOOL_UNAVAILABLE', `${program.name} is not to be had for ${process.platform} on ${process.arch}: use a machine with one of ${Object.keys(program.platforms ?? {}).join(', ')}, or name the program by a mesh_definition (cli.program.path)`);
  }
  return { platform, fill: (template) => template.replaceAll('{version}', version).replaceAll('{platform}', name) };
}

async function published(program: Program, fill: (template: string) => string, url: string, version: string, surroundings: Surroundings): Promise<string> {
  const nowhere = (why: string): ConformanceError => new ConformanceError('WRONG_CHECKSUM', `${program.name} ${version} is not pinned, and ${why}: it cannot be checked and is not used. Ask for ${program.pins?.map((pin) => pin.version).join(' or ') ?? 'another version'}, or name the program by a mesh_definition (cli.program.path).`);
  if (program.checksums === undefined) throw nowhere('its makers publish no checksum that is known');
  const source = fill(program.checksums).replaceAll('{url}', url);
  surroundings.log(`no SHA-256 of ${program.name} ${version} is pinned: checking against ${source}, which comes from where the program comes from`);
  const file = await fetchFile(source, join(surroundings.directory, `${program.name}.sha256`), `the checksum of ${program.name} ${version}`, surroundings);
  const found = publishedSha256(await readFile(file, 'utf8'), basename(new URL(url).pathname));
  if (found === undefined) throw nowhere(`${source} holds no SHA-256 of it`);
  return found;
}
