import type { Secret } from '../provider/secret.ts';
import { ConformanceError, messageOf } from '../model/errors.ts';
import { artifactFiles, type LeftOut } from './artifact-files.ts';

/** What a runner gives a step that may keep artifacts: `ACTIONS_RUNTIME_TOKEN` and `ACTIONS_RESULTS_URL`. */
export interface ArtifactService {
  token: Secret;
  url: string;
}

export interface ArtifactInput {
  service: ArtifactService;
  name: string;
  /** The folder that the run wrote; paths in the artifact begin there. */
  directory: string;
  /** The files that the run wrote. */
  files: readonly string[];
}

export interface Artifact {
  name: string;
  id: number;
  bytes: number;
  /** SHA-256 of the archive. */
  digest: string;
  leftOut: LeftOut[];
}

/** Keeps the files of a run as an artifact of the workflow. Rejects with ARTIFACT_FAILED; the files stay where they are in any case. */
export async function keepArtifact({ service, name, directory, files }: ArtifactInput): Promise<Artifact> {
  const { paths, leftOut } = await artifactFiles(directory, files);
  try {
    const { DefaultArtifactClient } = await import('@actions/artifact');
    // The client reads what the runner gave from the environment, where it must not stay: what is started there would have it.
    const { id, size, digest } = await withEnvironment({ ACTIONS_RUNTIME_TOKEN: service.token.reveal(), ACTIONS_RESULTS_URL: service.url, ACTIONS_ARTIFACT_UPLOAD_TIMEOUT_MS: String(stalledMs) }, () =>
      new DefaultArtifactClient().uploadArtifact(name, paths, directory));
    if (id === undefined || digest === undefined) throw new Error('the service gave it no id');
    return { name, id, bytes: size ?? 0, digest, leftOut };
  } catch (error) {
    const said = messageOf(error).replaceAll(service.token.reveal(), '[hidden]').replaceAll(/\s+/g, ' ');
    throw new ConformanceError('ARTIFACT_FAILED', `The files of the run were not kept as an artifact of the workflow (${name}): ${said}. They are in ${directory}: keep them by a step with actions/upload-artifact and if: always().`, { cause: error });
  }
}

/** Without any progress for so long, an upload is given up. */
const stalledMs = 60_000;

async function withEnvironment<T>(values: Record<string, string>, work: () => Promise<T>): Promise<T> {
  const before = Object.keys(values).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, values);
  try {
    return await work();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
