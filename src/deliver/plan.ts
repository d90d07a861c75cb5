import type { ActionFacts, Signer, WorkflowFacts } from '../attest/index.ts';
import type { ApiAccess, ArtifactService, Place, WorkflowRun } from '../github/index.ts';
import type { Report } from '../model/report.ts';
import type { Credential, Naming } from '../provider/index.ts';
import type { Destination } from '../publish/index.ts';

/** What becomes of a result once its files are written. A door makes it, before the run, so that mistakes in it are told at once; its secrets are nowhere else. */
export interface DeliveryPlan {
  baseline?: BaselinePlan;
  signing: SigningPlan;
  upload: UploadPlan;
  publishing?: PublishingPlan;
  /** Absent where no artifact is wanted, or the runner offers none. */
  artifact?: ArtifactPlan;
  /** Absent outside of a workflow on GitHub, or without a token. */
  github?: GitHubPlan;
}

export interface BaselinePlan {
  /** What the user named it by. */
  name: string;
  /** The earlier report of a mesh; undefined where there is none yet. */
  find(meshId: string, signal: AbortSignal): Promise<Report | undefined>;
  /** Whether a verdict that is worse than there fails the run. */
  counts: boolean;
}

export interface SigningPlan {
  /** Absent where the result stays unsigned. */
  signer: Signer | undefined;
  /** What is said of that. */
  unsigned: string;
  action: ActionFacts;
  workflow?: WorkflowFacts;
}

export interface UploadPlan {
  /** Absent where results stay local. */
  token: Credential | undefined;
  url: string;
  naming: Naming;
  /** UUID of who sends. */
  systemId: string;
  /** Whether a result that was not uploaded is a failure. */
  required: boolean;
}

export interface PublishingPlan {
  destination: Destination;
  branch: string;
  environment: NodeJS.ProcessEnv;
}

export interface ArtifactPlan {
  service: ArtifactService;
  /** Which attempt of the workflow's run it is. */
  attempt: string | undefined;
}

/** What a run shows in the repository that it runs in. */
export interface GitHubPlan {
  access: ApiAccess;
  /** The pull request that the workflow runs for. */
  pull?: number;
  /** It is one of a fork. */
  fork: boolean;
  /** The commit that is tested: of a pull request its own, not the one of its merge that GitHub tries. */
  commit: string;
  place: Place;
  run: WorkflowRun & { url: string };
  comment: boolean;
  check: boolean;
}

/** One thing that came of a delivery, in words for the user; some are several lines, to be copied. */
export interface Said {
  level: 'info' | 'warning';
  message: string;
}
