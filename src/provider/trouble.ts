import { isNativeError } from 'node:util/types';
import type { Scrubber } from './scrub.ts';

/** Why an upload did not succeed, in a sentence about the provider or the token; `upload` adds what becomes of the results. */
export class UploadTrouble extends Error {
  override readonly name = 'UploadTrouble';
}

/** The chain of an error's messages, as one text without secrets. Its objects are left behind: they may hold what was sent. */
export function scrubbedCauses(error: unknown, { scrub }: Scrubber): string {
  const messages: string[] = [];
  for (let at = error, depth = 0; at !== undefined && depth < 5; depth += 1) {
    const message = messageIn(at);
    if (message !== '' && !messages.includes(message)) messages.push(message);
    at = isNativeError(at) ? at.cause : undefined;
  }
  return scrub(messages.join(': '));
}

/** What fails at several addresses at once has its messages in parts. */
function messageIn(error: unknown): string {
  if (!isNativeError(error)) return String(error);
  return error.message === '' && 'errors' in error && Array.isArray(error.errors) ? error.errors.map(messageIn).join('; ') : error.message;
}
