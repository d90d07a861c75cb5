import { join } from 'node:path';
import type { ObjectRef } from '../cluster/port.ts';
import type { Life } from './life.ts';

/** What a journal says of its run. It holds no credentials: `kubeconfig` is a path. */
export interface RunRecord {
  id: string;
  /** Where the API server answers, without credentials. */
  server: string;
  /** Path of the kubeconfig, absolute; several joined as in the variable `KUBECONFIG`. */
  kubeconfig?: string;
  context?: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  pid: number;
}

/** The first line of a journal. */
export type Header = RunRecord & { journal: 1; life: Life };

/** A journal is NDJSON: its header, then one line for each object that was about to be created. */
export interface Content {
  header: Header | undefined;
  refs: ObjectRef[];
}

/** Where the journals are within the state directory. */
export function journalFolder(stateDirectory: string): string {
  return join(stateDirectory, 'runs');
}

export const extension = '.ndjson';

/** Reads a journal as far as it can be read: a run that was killed may have left half a line at its end. */
export function parseJournal(text: string): Content {
  const [first, ...others] = text.split('\n').map(parsed);
  const header = first as Partial<Header> | undefined;
  return {
    header: header?.journal === 1 && typeof header.server === 'string' ? (header as Header) : undefined,
    refs: others.filter((line): line is ObjectRef => typeof line === 'object' && line !== null && 'kind' in line && 'name' in line),
  };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Half a line, or the empty one behind the last: its object was never created, since lines are flushed before that.
    return undefined;
  }
}
