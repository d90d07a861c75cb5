/** A cluster that a run boots. */
export interface ClusterMade {
  what: 'cluster';
  tool: 'kind' | 'minikube';
  name: string;
  /** Path of the tool, which removes it as well. */
  program: string;
  /** Path of the run's own kubeconfig, never the user's. */
  kubeconfig: string;
  /** The variables by which the tool finds its Docker engine and its own files. */
  environment: Record<string, string>;
}

/** A mesh that a run installs; its fields are the installer's, and must survive JSON. */
export interface MeshMade {
  what: 'mesh';
  [key: string]: unknown;
}

/** A folder of the run's own, by its absolute path. */
export interface FolderMade {
  what: 'folder';
  path: string;
}

/** What a run makes outside the objects of the suite, and has to remove by more than deleting an object. */
export type Made = ClusterMade | MeshMade | FolderMade;
