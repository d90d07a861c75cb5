import { ConformanceError, messageOf } from '../model/errors.ts';
import type { RunEntry } from '../publish/index.ts';
import { mostBytes } from './accept.ts';

/** The files of a run. */
export interface Contents {
  report: Uint8Array;
  bundle: Uint8Array | undefined;
}

/** How many files are read before they are needed. */
const ahead = 4;

/** Reads the files that are wanted, a few of them before it is asked for them; undefined for the others. */
export function readAhead(entries: readonly RunEntry[], wanted: (entry: RunEntry) => boolean): (index: number) => Promise<Contents | { failed: string } | undefined> {
  const begun = new Map<number, Promise<Contents | { failed: string }>>();
  let next = 0;
  return async (index) => {
    for (; next < Math.min(entries.length, index + ahead); next++) {
      const entry = entries[next];
      if (entry !== undefined && wanted(entry)) begun.set(next, contentsOf(entry).catch((error: unknown) => ({ failed: messageOf(error) })));
    }
    const contents = await begun.get(index);
    begun.delete(index);
    return contents;
  };
}

/** Rejects with BAD_INPUT where a file is too large to be read. */
export async function contentsOf(entry: RunEntry): Promise<Contents> {
  for (const { size, path } of [entry, ...(entry.bundle ? [entry.bundle] : [])]) {
    if (size > mostBytes) throw new ConformanceError('BAD_INPUT', `${path} has ${size} bytes, and at most ${mostBytes} are read. Leave it out.`);
  }
  const [report, bundle] = await Promise.all([entry.read(), entry.bundle?.read()]);
  return { report, bundle };
}
