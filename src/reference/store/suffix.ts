import { randomInt } from 'node:crypto';

/** What Kubernetes makes generated names of: no vowels, so that no words come about, and no digits that look like letters. */
const letters = 'bcdfghjklmnpqrstvwxz2456789';

/** Five letters, as Kubernetes puts them behind a `generateName`. */
export function randomSuffix(): string {
  return Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('');
}
