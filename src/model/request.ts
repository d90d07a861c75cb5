import type { FailOn } from './report.ts';
import type { Specification, Version } from './specification.ts';

export const timingProfiles = ['standard', 'patient', 'embedded'] as const;
export type TimingName = (typeof timingProfiles)[number];

/** One run, asked for by either door: every input read, checked and typed. */
export interface RunRequest {
  cluster: 'auto' | 'existing' | 'embedded' | 'kind' | 'minikube';
  /** Path of a kubeconfig; the environment's `KUBECONFIG` or the default place where absent. The doors resolve it. */
  kubeconfig?: string;
  /** Name or alias, as the user wrote it. */
  mesh: string;
  meshDeployed: boolean;
  meshVersion?: string;
  /** Of the cluster to boot: `1.34`. */
  kubernetesVersion?: string;
  /** Image of the node to boot, in place of the pinned one. */
  nodeImage?: string;
  /** Paths of image archives and names of local images, loaded into the nodes of a cluster that is booted. */
  preload: string[];
  /** Leaves the mesh and the cluster that the run made where they are. */
  keep: boolean;
  /** Path of a definition of the user's own. */
  meshDefinition?: string;
  /** Folder of assertions and fixtures of the user's own, which run with the suite. */
  assertions?: string;
  only: string[];
  skip: string[];
  /** Which part of the plan is run; all of it where absent. */
  shard?: { index: number; of: number };
  /** Path of an earlier report, by whose durations the plan is split. */
  durations?: string;
  failOn: FailOn[];
  concurrency?: number;
  probeImage: string;
  /** Image of the Learn Layer5 application, which answers in the probe's place where it is enough; absent: the probe answers always. */
  applicationImage?: string;
  timeouts?: TimingName;
  outputDirectory: string;
  /** The versions that the embedded cluster serves of a specification, in place of the newest; an empty list leaves it out. */
  smiVersions?: Partial<Record<Specification, Version[]>>;
  /** Where the mesh's Prometheus is: a URL, or a Service of the cluster as `namespace/name:port`. */
  prometheusUrl?: string;
  /** Set where the mesh is to be installed together with its own Prometheus. */
  prometheus?: 'install';
  /** A wrong behaviour of the reference mesh to switch on; embedded cluster only. */
  fault?: string;
}

/** As the conformance definition names it. */
export const defaultApplicationImage = 'docker.io/layer5/learn-layer5:latest';
export const defaultProbeImage = 'docker.io/library/node:24-alpine';
