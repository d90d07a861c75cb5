/** The part of a process that is needed to hear signals. */
export interface SignalSource {
  on(signal: StopSignal, listener: () => void): unknown;
  off(signal: StopSignal, listener: () => void): unknown;
}

type StopSignal = 'SIGINT' | 'SIGTERM';

/** Exit statuses of a run that a signal ended, as shells know them. */
export const signalStatus: Record<StopSignal, number> = { SIGINT: 130, SIGTERM: 143 };

/**
 * An `AbortSignal` that the first SIGINT or SIGTERM aborts, with the signal's name as the reason. `onSecond` is told of each
 * further one; a runner that cancels sends both, so what that means is the door's to say.
 */
export function abortOnSignals(source: SignalSource, onSecond: (status: number) => void): { signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const hear = (name: StopSignal) => (): void => {
    if (controller.signal.aborted) onSecond(signalStatus[name]);
    else controller.abort(name);
  };
  const listeners = { SIGINT: hear('SIGINT'), SIGTERM: hear('SIGTERM') };
  for (const name of ['SIGINT', 'SIGTERM'] as const) source.on(name, listeners[name]);
  return {
    signal: controller.signal,
    stop(): void {
      for (const name of ['SIGINT', 'SIGTERM'] as const) source.off(name, listeners[name]);
    },
  };
}
