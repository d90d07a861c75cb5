import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../cluster/port.ts';
import { ConformanceError } from '../model/errors.ts';
import type { RunEvent } from '../model/event.ts';
import type { MetricsSource } from '../metrics/index.ts';
import type { MeshDefinition } from '../model/mesh.ts';
import type { Offer } from '../model/report.ts';
import type { Specification } from '../model/specification.ts';
import type { Dialect } from '../smi/index.ts';
import type { Absence } from './absence.ts';
import type { Patience } from './patience.ts';
import type { Tide } from './tide.ts';

type Unstamped<T> = T extends unknown ? Omit<T, 'at'> : never;

/** What everything that runs needs to know of the run. */
export interface RunContext {
  runId: string;
  cluster: Cluster;
  mesh: MeshDefinition;
  offered: Partial<Record<Specification, Offer>>;
  dialect: Dialect;
  patience: Patience;
  tide: Tide;
  absence: Absence;
  /** Where metrics are read; the aggregated API where absent. */
  metrics?: MetricsSource;
  probeImage: string;
  probeSource: string;
  /** Milliseconds since the run began. */
  now(): number;
  emit(event: Unstamped<RunEvent>): void;
  signal: AbortSignal;
}

/** Waits, but not past a cancel: then it throws CANCELLED. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  throwIfCancelled(signal);
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch {
    throwIfCancelled(signal);
  }
}

/** Throws CANCELLED with the signal's name when the run was asked to stop. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new ConformanceError('CANCELLED', `the run was stopped by ${String(signal.reason)}`);
}
