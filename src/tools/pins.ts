import semver from 'semver';
import lock from './pins.json' with { type: 'json' };

export const toolNames = ['kind', 'minikube', 'kubectl', 'helm'] as const;
export type ToolName = (typeof toolNames)[number];

/** The lock file: `pins.schema.json` says what each field means. */
export interface Pins {
  tools: Record<ToolName, ToolPins>;
  nodeImages: { source: string; repository: string; images: NodeImagePin[] };
}

export interface ToolPins {
  version: string;
  accepted: string;
  url: string;
  checksumUrl: string;
  member?: string;
  /** By version, then by platform, such as `linux-amd64`. */
  checksums: Record<string, Partial<Record<string, string>>>;
}

export interface NodeImagePin {
  kubernetes: string;
  kind: string;
  digest: string;
}

export const pins: Pins = lock;

/** What one build of a tool is downloaded from, and checked by. */
export interface Build {
  version: string;
  /** As in the names of files: `linux-amd64`. */
  platform: string;
  url: string;
  checksumUrl: string;
  /** Of the lock file; absent where it does not know this build. */
  sha256?: string;
  /** The program within the archive. */
  member?: string;
}

/** The build of a tool for a machine (`process.platform`, `process.arch`); undefined where its makers publish none. */
export function buildOf(tool: ToolPins, version: string, platform: string, arch: string): Build | undefined {
  const cpu = { x64: 'amd64', arm64: 'arm64' }[arch];
  if (cpu === undefined || (platform !== 'linux' && platform !== 'darwin')) return undefined;
  const fill = (template: string): string => template.replaceAll('{version}', version).replaceAll('{os}', platform).replaceAll('{arch}', cpu);
  const sha256 = tool.checksums[version]?.[`${platform}-${cpu}`];
  return {
    version,
    platform: `${platform}-${cpu}`,
    url: fill(tool.url),
    checksumUrl: fill(tool.checksumUrl),
    ...(sha256 !== undefined && { sha256 }),
    ...(tool.member !== undefined && { member: fill(tool.member) }),
  };
}

/** Which versions of a tool will do. */
export interface Wanted {
  /** The one that is downloaded, without `v`. */
  version: string;
  accepts(version: string): boolean;
  /** The versions in words. */
  words: string;
}

/** The versions that will do: the one that is asked for, or those of the lock file. kubectl may differ from its cluster by one minor version. Undefined for what is no version. */
export function wantedOf(name: ToolName, asked: string | undefined, { version, accepted, checksums }: ToolPins): Wanted | undefined {
  if (asked === undefined) return { version, accepts: (found) => semver.satisfies(found, accepted), words: accepted };
  const exact = semver.coerce(asked, { includePrerelease: true })?.version;
  if (exact === undefined) return undefined;
  if (name !== 'kubectl') return { version: exact, accepts: (found) => semver.eq(found, exact), words: exact };
  const near = (found: string): boolean => semver.major(found) === semver.major(exact) && Math.abs(semver.minor(found) - semver.minor(exact)) <= 1;
  const pinned = semver.rsort(Object.keys(checksums)).find(near);
  return { version: pinned ?? exact, accepts: near, words: `${semver.major(exact)}.${semver.minor(exact)}, or one minor version beside it` };
}
