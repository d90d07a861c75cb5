import { ConformanceError } from '../model/errors.ts';
import type { MeshDefinition } from '../model/mesh.ts';

/** What a run was asked to do with a mesh. */
export interface Way {
  /** The user says that it is on the cluster already. */
  meshDeployed: boolean;
  embedded: boolean;
}

/** The definition of no mesh at all: a bare cluster with SMI definitions. */
const bare = 'none';

/** Throws where the mesh cannot be tested in that way: BAD_INPUT for the wrong cluster, NO_SMI for a mesh that has nothing to test, NOT_SUPPORTED for one that would have to be installed and cannot. */
export function requireRunnable({ id, name, status, reason, install }: MeshDefinition, { meshDeployed, embedded }: Way): void {
  if (embedded !== (status === 'reference')) {
    throw new ConformanceError('BAD_INPUT', embedded
      ? `the embedded cluster runs the reference mesh and no other, so ${name} cannot be tested on it: set service_mesh to reference, or name a cluster that ${name} runs on`
      : `the reference mesh runs on the embedded cluster only: set cluster to embedded, or service_mesh to the mesh that is on your cluster`);
  }
  // A mesh without SMI that can be installed is brought up, and reported with capability none.
  if (embedded || id === bare || meshDeployed || (install !== undefined && status !== 'discontinued')) return;
  if (status === 'no-smi' || status === 'discontinued') {
    throw new ConformanceError('NO_SMI', `${name} cannot be tested. ${reason ?? ''} Where it does run, mesh_deployed: true has it reported with capability none.`);
  }
  throw new ConformanceError('NOT_SUPPORTED', `nothing is known of how ${name} is installed: install it on the cluster yourself, and set mesh_deployed to true; or give a definition that says how by mesh_definition`);
}
