import { readFile } from 'node:fs/promises';
import type { WorkflowFacts } from '../attest/index.ts';
import { type Secret, takeSecret } from '../provider/secret.ts';
import { keepsSecrets } from '../tools/secure-address.ts';

/** What GitHub tells a step of the workflow that it runs in. */
export interface GitHub {
  workflow?: WorkflowFacts;
  repository?: { owner: string; repo: string; serverUrl: string };
  /** The repository of the action and what of it was asked for. */
  action: { repository?: string; ref?: string };
  /** Where the job may ask for its identity; absent without `id-token: write`. */
  oidc?: { url: string; token: Secret };
  /** Where the API is, and the run of the workflow. */
  api?: { url: string; commit: string; run: { id: string; attempt: string; url: string }; job?: string; step?: string };
  /** Where the runner keeps artifacts. */
  artifacts?: { service: { token: Secret; url: string }; attempt: string | undefined };
  /** The file with the event that started the workflow. */
  eventFile?: string;
}

/** Reads what GitHub tells, and takes the tokens for identities and artifacts out of the environment. */
export function readGitHub(environment: NodeJS.ProcessEnv): GitHub {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_WORKFLOW_REF: workflowRef, GITHUB_WORKFLOW_SHA: workflowSha, GITHUB_RUN_ID: runId, GITHUB_RUN_ATTEMPT: runAttempt } = environment;
  const { GITHUB_ACTION_REPOSITORY: actionRepository, GITHUB_ACTION_REF: actionRef, GITHUB_EVENT_PATH: eventFile, ACTIONS_ID_TOKEN_REQUEST_URL: url } = environment;
  const { GITHUB_API_URL: apiUrl, GITHUB_SHA: commit, GITHUB_JOB: job, GITHUB_ACTION: step } = environment;
  const token = takeSecret(environment, 'ACTIONS_ID_TOKEN_REQUEST_TOKEN');
  const runtimeToken = takeSecret(environment, 'ACTIONS_RUNTIME_TOKEN');
  const { ACTIONS_RESULTS_URL: resultsUrl } = environment;
  const [owner, repo] = repository?.split('/') ?? [];
  return {
    ...(server && repository && workflowRef && workflowSha && runId && runAttempt && { workflow: { server, repository, workflowRef, workflowSha, runId, runAttempt } }),
    ...(server && owner && repo && { repository: { owner, repo, serverUrl: server } }),
    action: { ...(actionRepository && { repository: actionRepository }), ...(actionRef && { ref: actionRef }) },
    ...(url && token && { oidc: { url, token } }),
    ...(apiUrl && isSafe(apiUrl) && server && repository && commit && runId && runAttempt && { api: { url: apiUrl.replace(/\/$/, ''), commit, run: { id: runId, attempt: runAttempt, url: `${server}/${repository}/actions/runs/${runId}` }, ...(job && { job }), ...(step && { step }) } }),
    ...(runtimeToken && resultsUrl && keepsArtifacts(server) && { artifacts: { service: { token: runtimeToken, url: resultsUrl }, attempt: runAttempt } }),
    ...(eventFile && { eventFile }),
  };
}

/** A token is sent there. */
function isSafe(address: string): boolean {
  return URL.canParse(address) && keepsSecrets(new URL(address));
}

/** Servers that companies run themselves speak another protocol for artifacts. */
function keepsArtifacts(server: string | undefined): boolean {
  return server !== undefined && URL.canParse(server) && /^(github\.com|[\w-]+\.ghe\.com)$/i.test(new URL(server).hostname);
}

/** What the event that started a workflow says of its repository. */
export interface EventFacts {
  /** `public`, `private` or `internal`; absent where the event does not say. */
  visibility?: string;
  /** It is a pull request of a fork. */
  fork: boolean;
  /** The pull request, with the newest commit of its branch. */
  pull?: { number: number; commit: string };
}

/** Reads the event. Where it cannot be read, the repository is taken for one that is not public. */
export async function readEvent(file: string | undefined): Promise<EventFacts> {
  const { repository, pull_request: pull } = await eventIn(file);
  const visibility = repository?.visibility ?? (repository?.private === false ? 'public' : undefined);
  const head = pull?.head?.repo?.full_name;
  const { number } = pull ?? {};
  const commit = pull?.head?.sha;
  return { ...(visibility && { visibility }), ...(number !== undefined && commit !== undefined && { pull: { number, commit } }), fork: pull !== undefined && (head === undefined || head !== repository?.full_name) };
}

interface Event {
  repository?: { full_name?: string; visibility?: string; private?: boolean };
  pull_request?: { number?: number; head?: { sha?: string; repo?: { full_name?: string } | null } };
}

async function eventIn(file: string | undefined): Promise<Event> {
  if (file === undefined) return {};
  try {
    return (JSON.parse(await readFile(file, 'utf8')) as Event | null) ?? {};
  } catch {
    // Nothing of a run depends on it but the choice of the log for the signature, which then is the one that publishes nothing.
    return {};
  }
}
