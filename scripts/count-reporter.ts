/** The figures of a jest run that are needed; jest gives many more. */
interface Totals {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numRuntimeErrorTestSuites: number;
}

/** Closes a test run with one line that says it all: `120 passed, 0 failed`, and `, 2 skipped` where some were. */
export default class CountReporter {
  onRunComplete(_contexts: unknown, totals: Totals): void {
    // Jest's own summary is printed after every reporter, so the line waits for the end of the process.
    process.once('exit', () => process.stdout.write(`${countLine(totals)}\n`));
  }
}

/** A test file that could not be run at all counts as one failure: its tests are not known. */
export function countLine({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites }: Totals): string {
  const skipped = numPendingTests + numTodoTests;
  return `${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
