import type { KubeObject, ObjectRef } from '../../cluster/port.ts';
import type { Leaves } from '../../model/install.ts';

/** What one part made, or may have made. */
export type MadePart = { helm: { release: string; namespace: string; hooks: boolean } } | { objects: ObjectRef[] };

/** What an install makes, written down before it does: enough for another process to take it off, even one that has not got the definition. A type, since it has to pass for plain JSON. */
export type MadeMesh = {
  what: 'mesh';
  id: string;
  name: string;
  version: string;
  /** In the order in which they are made. */
  parts: MadePart[];
  /** Namespaces that the install makes. */
  namespaces: string[];
  leaves: Leaves;
  /** What of `leaves`, and of the definitions of the Service Mesh Interface, was there before and stays; and what the objects held that the mesh writes into. */
  before: { definitions: string[]; objects: ObjectRef[]; changed: KubeObject[] };
};

/** Borne by what an install creates itself: the run's id. What bears it may be replaced and removed by a later install. */
export const madeLabel = 'smi-conformance/mesh';
