import type { CommandError } from '../tools/index.ts';

/**
 * Why a remote did not do what was asked: somebody else was quicker (`conflict`), the branch or a hook refuses (`protected`), the
 * credentials do not allow it (`forbidden`) or are none (`unknown-user`), there is no such repository (`missing`), or the line broke (`transient`).
 */
export type TroubleKind = 'conflict' | 'protected' | 'forbidden' | 'unknown-user' | 'missing' | 'transient' | 'other';

export interface Trouble {
  kind: TroubleKind;
  /** The remote's own words, on one line. */
  said: string;
  cause: CommandError;
}

const kinds: [TroubleKind, RegExp][] = [
  ['protected', /protected branch|GH006|GH013|repository rule violations|pre-receive hook declined|update hook declined|\[remote rejected\].*hook declined|deny updating a hidden ref|denyCurrentBranch|refusing to (create|update)/i],
  ['conflict', /non-fast-forward|fetch first|stale info|cannot lock ref|failed to update ref|reference already exists|incorrect old value|unable to create.*\.lock|needs force/i],
  ['forbidden', /error: 403|\b403\b.*forbidden|permission to .* denied|write access to repository not granted|resource not accessible|read-only (repository|file system)|insufficient permission|permission denied/i],
  ['unknown-user', /authentication failed|error: 401|could not read (username|password)|invalid (username|credentials)|bad credentials/i],
  ['missing', /repository .*not found|error: 404|does not appear to be a git repository|no such file or directory/i],
  ['transient', /could not resolve host|couldn't connect|failed to connect|connection (reset|refused|timed out)|timed out|early EOF|unexpected disconnect|remote end hung up|RPC failed|error: (5\d\d|429)|SSL_|gnutls|HTTP\/2 stream|curl \d+|internal server error|bandwidth/i],
];

export function troubleOf(error: CommandError): Trouble {
  const kind = error.trouble === 'time' ? 'transient' : kinds.find(([, pattern]) => pattern.test(error.printed))?.[0];
  return { kind: kind ?? 'other', said: wordsOf(error), cause: error };
}

const mostSaid = 300;

function wordsOf({ printed, tail, message }: CommandError): string {
  const telling = printed.split('\n').map((line) => line.replace(/^remote:\s*/, '').trim()).filter((line) => /^(!|fatal|error)|reject|denied|GH0|rule|protected|not found/i.test(line));
  const words = telling.length > 0 ? telling.join('; ') : tail || message;
  return words.replaceAll(/\s+/g, ' ').slice(0, mostSaid);
}
