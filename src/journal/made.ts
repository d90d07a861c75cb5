/** A cluster that a run boots: `program` is the path of the tool that removes it, `kubeconfig` the run's own file, never the user's. */
export interface ClusterMade {
  what: 'cluster';
  tool: 'kind' | 'minikube';
  name: string;
  program: string;
  kubeconfig: string;
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
