/** Where a run is that has nothing to sign with. */
export type Surroundings = { on: 'terminal' } | { on: 'github'; /** The workflow runs for a pull request from a fork. */ fork: boolean };

/** What is said of a result that nobody signed, and what would change that. */
export function unsignedText(surroundings: Surroundings): string {
  if (surroundings.on === 'terminal') return `${plain}, since no key was given.\nTo sign it, make a key once, and name it:\n\n  openssl genpkey -algorithm ed25519 -out signing-key.pem\n  --signing-key signing-key.pem\n`;
  if (surroundings.fork) return `${plain}: GitHub gives the workflow of a pull request from a fork neither an identity nor a secret.\nOnce merged, the same workflow signs, if its job has these two lines:\n\n${permission}`;
  return `${plain}: this job may not say who it is.\nAdd these two lines to the job (and its other permissions below them, since GitHub then gives no more than is written there):\n\n${permission}`;
}

const plain = 'The result is unsigned, so nobody can tell who made it or whether it was changed';
const permission = '  permissions:\n    id-token: write\n';
