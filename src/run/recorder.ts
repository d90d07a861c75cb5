import type { EventSink, Phase, RunEvent } from '../model/event.ts';

type Unstamped<T> = T extends unknown ? Omit<T, 'at'> : never;

/** The run's clock and its one stream of events. */
export interface Recorder {
  startedAt: Date;
  /** Milliseconds since the run began. */
  now(): number;
  emit(event: Unstamped<RunEvent>): void;
  /** Runs one phase between its two events. */
  phase<T>(phase: Phase, work: () => Promise<T>): Promise<T>;
  /** The phases that have ended, also those that failed. */
  phases: { name: Phase; durationMs: number }[];
  /** Tells the user something that is worth a line of the log. */
  note(message: string): void;
  /** Tells the user, and keeps it for the report. */
  warn(message: string): void;
  warnings: string[];
}

export function createRecorder(sinks: readonly EventSink[]): Recorder {
  const origin = performance.now();
  const now = (): number => performance.now() - origin;
  const emit = (event: Unstamped<RunEvent>): void => {
    const stamped: RunEvent = { at: Math.round(now()), ...event };
    for (const sink of sinks) sink(stamped);
  };
  const phases: Recorder['phases'] = [];
  const warnings: string[] = [];
  return {
    startedAt: new Date(),
    now,
    emit,
    phases,
    warnings,
    note: (message) => emit({ type: 'notice', level: 'info', message }),
    warn(message) {
      warnings.push(message);
      emit({ type: 'notice', level: 'warning', message });
    },
    async phase(name, work) {
      const started = now();
      emit({ type: 'phase-started', phase: name });
      try {
        return await work();
      } finally {
        const durationMs = Math.round(now() - started);
        phases.push({ name, durationMs });
        emit({ type: 'phase-ended', phase: name, durationMs });
      }
    },
  };
}
