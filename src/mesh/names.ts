import { ConformanceError } from '../model/errors.ts';
import type { MeshDefinition } from '../model/mesh.ts';
import { nearest } from '../yaml/index.ts';

/** The form in which names of meshes are compared: `Open_Service Mesh` is `open-service-mesh`. */
export function sameName(name: string): string {
  return name.trim().toLowerCase().replaceAll(/[\s_-]+/g, '-');
}

/** The definition that a user means by an id, an alias or a display name. Throws UNKNOWN_MESH with the nearest names, and with all. */
export function findMesh(name: string, definitions: readonly MeshDefinition[]): MeshDefinition {
  const wanted = sameName(name);
  const found = definitions.find((definition) => namesOf(definition).includes(wanted));
  if (found !== undefined) return found;
  const near = nearest(wanted, definitions.flatMap(namesOf));
  const meant = near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`;
  throw new ConformanceError('UNKNOWN_MESH', `there is no mesh ${JSON.stringify(name)}.${meant} Known are ${definitions.map(({ id }) => id).join(', ')}. For any other, bring a definition of your own (mesh_definition).`);
}

function namesOf({ id, name, aliases }: MeshDefinition): string[] {
  return [id, ...aliases, name].map(sameName);
}
