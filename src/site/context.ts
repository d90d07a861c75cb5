import type { KnownFailures } from './known-failures.ts';
import type { Requirements } from './requirements.ts';
import type { MeshRuns } from './timeline.ts';

/** What all pages are made from. */
export interface Context {
  title: string;
  meshes: readonly MeshRuns[];
  requirements: Requirements;
  known: KnownFailures;
  /** Files that are not shown, and why. */
  refused: readonly { path: string; why: string }[];
  /** Where the results branch can be read, such as `https://github.com/o/r/blob/smi-conformance/`; reports are then linked and not copied. */
  sourceUrl?: string;
}
