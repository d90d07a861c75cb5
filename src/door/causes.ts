/** The chain of what lies behind an error, stacks included: for who asked for debug output. */
export function causesOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const text = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause === undefined ? text : `${text}\ncaused by ${causesOf(error.cause)}`;
}
