import { join } from 'node:path';
import type { ObjectRef } from '../cluster/port.ts';
import type { Life } from './life.ts';
import type { Made } from './made.ts';

/** The cluster that a run works on. */
export interface Reached {
  /** Where the API server answers, without credentials. */
  server: string;
  /** Path of the kubeconfig, absolute; several joined as in the variable `KUBECONFIG`. */
  kubeconfig?: string;
  context?: string;
}

/** What a journal says of its run. It holds no credentials: `kubeconfig` is a path. */
export interface RunRecord extends Reached {
  id: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  pid: number;
}

/** The first line of a journal. Its `server` is empty where the run makes its cluster first. */
export type Header = RunRecord & { journal: 1; life: Life };

/** A line behind the header that is not an object: something about to be made or gone again, or the cluster that the run has got. */
export type Note = { make: Made } | { unmade: Made } | { reached: Reached };

/** A journal is NDJSON: its header, then one line for each object that was about to be created, and one for each `Note`. */
export interface Content {
  header: Header | undefined;
  refs: ObjectRef[];
  /** What was about to be made and is not known to be gone, in order. */
  made: Made[];
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
  const lines = others.filter((line): line is object => typeof line === 'object' && line !== null);
  return {
    header: header?.journal === 1 && typeof header.server === 'string' ? { ...(header as Header), ...reachedIn(lines) } : undefined,
    refs: lines.filter((line): line is ObjectRef => 'kind' in line && 'name' in line),
    made: madeIn(lines),
  };
}

/** Tells one thing that was made from all others, whatever the order of its fields. */
export function keyOf(made: Made): string {
  return JSON.stringify(made, (_name, value: unknown) => (isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value));
}

function madeIn(lines: readonly object[]): Made[] {
  const made = new Map<string, Made>();
  for (const line of lines as Partial<{ make: Made; unmade: Made }>[]) {
    if (line.make !== undefined) made.set(keyOf(line.make), line.make);
    if (line.unmade !== undefined) made.delete(keyOf(line.unmade));
  }
  return [...made.values()];
}

function reachedIn(lines: readonly object[]): Partial<Reached> {
  return Object.assign({}, ...(lines as { reached?: Reached }[]).map(({ reached }) => reached)) as Partial<Reached>;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Half a line, or the empty one behind the last: its object was never created, since lines are flushed before that.
    return undefined;
  }
}
