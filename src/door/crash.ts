/** The part of a process that is needed to hear of errors that nobody caught. */
export interface CrashSource {
  on(event: 'uncaughtException', listener: (error: unknown) => void): unknown;
}

/** Exit status of a run that could not be completed. Node's own is 1, which here would be a verdict about the mesh. */
export const crashStatus = 3;

/** Ends the process with that status when an error comes to light that nobody awaits, after `tell` was told of it. */
export function endOnCrash(source: CrashSource & { exit(status: number): unknown }, tell: (error: unknown) => void): void {
  source.on('uncaughtException', (error) => {
    tell(error);
    source.exit(crashStatus);
  });
}

/** How a fault of this program is shown: without its stack, which only helps who mends it. `debugging` says how this door is made to show it. */
export function faultOf(error: unknown, debugging: string): string {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `${what}. This is a fault of smi-conformance: run it again ${debugging}, and report what it says then.`;
}
