import type { Decisions } from '../dataplane/index.ts';
import type { ServedVersions } from '../store/smi.ts';

/** A wrong behaviour that the reference mesh can be switched to, to prove that the suite notices. */
export interface Fault {
  /** What `--fault` takes. */
  name: string;
  /** Its row in the catalogue's table of wrong behaviours; `+` where the table has none for it. */
  row: string;
  title: string;
  /** The decision that it replaces belongs to this part of the mesh. */
  seam: 'enrolment' | 'identity' | 'authorise' | 'route match' | 'split' | 'balance' | 'endpoints' | 'view' | 'store' | 'metrics';
  /** The SMI versions in which it can be seen, where those of the latest release do not show it. */
  served?: Partial<ServedVersions>;
  /** Assertions that catch it: each fails, or stands behind a gate that does. */
  kills: string[];
  /** Other assertions whose verdict it may change: ids, or globs of them. */
  mayAffect: string[];
  /** The decisions with one of them replaced. */
  apply(decisions: Decisions): Decisions;
}
