import type { RunEvent } from '../model/event.ts';
import { toProgress } from '../report/index.ts';

/** Turns the events of one run into lines, results with their place among those planned; undefined for events that are not worth a line. */
export function progressLines(color: boolean): (event: RunEvent) => string | undefined {
  let done = 0;
  let of = 0;
  return (event) => {
    if (event.type === 'planned') of = event.results;
    if (event.type === 'assertion-ended') done += 1;
    return toProgress(event, { color, ...(event.type === 'assertion-ended' && of > 0 ? { position: { done, of } } : {}) });
  };
}
