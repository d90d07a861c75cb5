import type { ConformanceError } from '../model/errors.ts';

/** The sentence that a failure is shown with: its code, for searching, and what to do. */
export function failureOf(error: ConformanceError): string {
  return `${error.code}: ${error.message}`;
}
