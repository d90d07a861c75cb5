import type { KeyObject } from 'node:crypto';
import type { Accounts } from './accounts.ts';
import { readPublicKey } from './key.ts';

/** A robot that a list of accounts names, with its key. */
export interface Robot {
  mesh: string;
  name: string;
  key: KeyObject;
}

/** All robots of a list. Their keys are read once for each list: thousands of reports may be checked by the same. Throws BAD_INPUT where one is no key. */
export function robotsOf(accounts: Accounts): readonly Robot[] {
  const robots = known.get(accounts) ?? Object.entries(accounts.meshes).flatMap(([mesh, { robots: list = [] }]) => list.map(({ name, publicKey }) => ({ mesh, name, key: readPublicKey(publicKey, `the key of ${name}`) })));
  known.set(accounts, robots);
  return robots;
}
const known = new WeakMap<Accounts, readonly Robot[]>();
