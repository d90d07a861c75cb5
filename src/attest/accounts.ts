import schema from '../../accounts/accounts.schema.json' with { type: 'json' };
import { compileSchema, readChecked, type Validator } from '../yaml/index.ts';

/** Who may publish results, by the id of the mesh that they are about. */
export interface Accounts {
  meshes: Record<string, MeshAccounts>;
}

export interface MeshAccounts {
  workflows?: WorkflowAccount[];
  robots?: RobotAccount[];
}

/** A workflow whose keyless signatures count. */
export interface WorkflowAccount {
  /** `octo/mesh` */
  repository: string;
  /** GitHub's number of the repository: a name can pass to somebody else, the number cannot. */
  repositoryId: number;
  /** `.github/workflows/conformance.yml`; with `owner/name/` before it where another repository's reusable workflow signs. */
  workflow: string;
  /** Branches and tags it has to run on, `*` for a part between slashes: `refs/heads/main`. Those of pull requests are named nowhere. */
  refs: string[];
}

/** A service robot whose key counts. */
export interface RobotAccount {
  name: string;
  /** Ed25519, the base64 of its SPKI form. */
  publicKey: string;
}

/** Reads a list of accounts. Rejects with BAD_DEFINITION, naming file, line and column of what is wrong. */
export async function loadAccounts(file: string): Promise<Accounts> {
  return (await readChecked(file, validator(), 'BAD_DEFINITION')).value;
}

/** Whether a ref is one that an account names. */
export function refMatches(ref: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => new RegExp(`^${pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)).join('[^/]*')}$`).test(ref));
}

let compiled: Validator<Accounts> | undefined;
/** Compiled at first use: most commands need no accounts. */
function validator(): Validator<Accounts> {
  return (compiled ??= compileSchema<Accounts>(schema));
}
