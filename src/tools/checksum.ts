import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** The SHA-256 of a file, in hexadecimal. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** The SHA-256 that a published checksum file gives for a file of that name: by itself, or in a line that names the file. Undefined where it gives none. */
export function publishedSha256(text: string, fileName: string): string | undefined {
  const lines = text.split('\n').map((line) => /^([0-9a-fA-F]{64})(?:\s+\*?(\S+))?\s*$/.exec(line));
  const found = lines.find((line) => line !== null && (line[2] === undefined || line[2].split('/').at(-1) === fileName));
  return found?.[1]?.toLowerCase();
}
