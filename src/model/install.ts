/** How this program puts a mesh onto a cluster, and takes it off again. */
export interface Install {
  /** Where it goes; a part may name another namespace. */
  namespace: string;
  /** Versions that its makers' files are pinned for, the default first. Another one can be asked for where each part can be had in it. */
  versions: MeshVersion[];
  /** What is put there, one after the other, and taken off in the opposite order. By name, so that a definition that extends this one can change one. */
  parts: Record<string, InstallPart>;
  /** What must be so before anything is asked of the mesh. */
  ready: Ready;
  /** What is left when all parts are off. */
  leaves?: Leaves;
}

export interface MeshVersion {
  version: string;
  kubernetes?: Pairing;
}

/** Minor versions of Kubernetes (`1.28`) that a mesh's makers name; both ends included. */
export interface Pairing {
  from?: string;
  to?: string;
  /** The one to boot for it where none is asked for. */
  default?: string;
}

/** Exactly one of the three. */
export type InstallPart = { helm: HelmPart } | { manifests: ManifestsPart } | { cli: CliPart };

export interface HelmPart {
  release: string;
  namespace?: string;
  /** URL of a chart repository, and the name of a chart in it. */
  repository?: string;
  chart?: string;
  pins?: ChartPin[];
  /** A chart's folder or archive on this machine, in place of the repository; a definition's own file says it relative to itself. */
  path?: string;
  values?: Record<string, unknown>;
  /** False where the chart's hooks need not run when it is taken off, since `leaves` says all that they would remove. */
  removalHooks?: boolean;
}

/** One version of a chart. */
export interface ChartPin {
  /** The mesh's version; every one where absent. */
  version?: string;
  /** The chart's own number, where it is another. */
  chart?: string;
  /** Where the archive is; the repository's index says it where this is absent. */
  url?: string;
  /** SHA-256 of the archive; the repository's index says it where this is absent. */
  sha256?: string;
}

export interface ManifestsPart {
  /** For objects that name none. */
  namespace?: string;
  files: ({ url: string; sha256: string } | { path: string })[];
}

/** A program of the mesh's makers that prints manifests, which are then applied as if they were files. */
export interface CliPart {
  namespace?: string;
  program: Program;
  /** Arguments of one call after the other; what all of them print is applied together. `{namespace}` and `{version}` are filled in. */
  render: string[][];
}

export interface Program {
  name: string;
  /** The program on this machine, in place of a download. */
  path?: string;
  /** Where it is to be had; `{version}` and `{platform}` are filled in. */
  url?: string;
  /** Where its checksum is published, for versions that are not pinned; `{url}`, `{version}` and `{platform}` are filled in. */
  checksums?: string;
  /** Path of the program in the archive, where the URL is one. */
  member?: string;
  /** What its makers call each platform. */
  platforms?: Partial<Record<ProgramPlatform, string>>;
  /** SHA-256 of what is downloaded. */
  pins?: { version: string; sha256: Partial<Record<ProgramPlatform, string>> }[];
}

export const programPlatforms = ['linux-amd64', 'linux-arm64', 'darwin-amd64', 'darwin-arm64'] as const;
export type ProgramPlatform = (typeof programPlatforms)[number];

/** Names as `name`, or `namespace/name` where it is not the install's own namespace. */
export interface Ready {
  deployments?: string[];
  daemonSets?: string[];
  statefulSets?: string[];
  /** Webhook configurations: each has a CA bundle, and its Service has an endpoint that is ready. */
  webhooks?: { kind: 'MutatingWebhookConfiguration' | 'ValidatingWebhookConfiguration'; name: string }[];
  /** Definitions of custom resources that must be established: `trafficsplits.split.smi-spec.io`. */
  definitions?: string[];
  /** Milliseconds that all of it may take; five minutes where absent. */
  timeoutMs?: number;
}

export interface Leaves {
  /** Objects that nothing of the parts removes. Those that were there before the install are kept. */
  objects?: LeftObject[];
  /** API groups, with all that end like them, whose definitions go. Those of `*.smi-spec.io` always do, unless they were there before or hold objects. */
  groups?: string[];
  /** Objects of the cluster that the mesh writes into: what they hold is put back. */
  changes?: { apiVersion: string; kind: string; namespace?: string; name: string }[];
}

export interface LeftObject {
  apiVersion: string;
  kind: string;
  namespace?: string;
  /** One of the two. */
  name?: string;
  labels?: Record<string, string>;
}
