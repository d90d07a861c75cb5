import type { EventSink, Phase } from '../model/event.ts';
import { harmless } from './harmless.ts';
import type { Toolkit } from './toolkit.ts';

const titles: Record<Phase, string> = {
  boot: 'Boot a cluster',
  install: 'Install the mesh',
  connect: 'Connect to the cluster',
  plan: 'Plan the run',
  prepare: 'Prepare the fixtures',
  run: 'Run the assertions',
  diagnose: 'Keep what shows why',
  'clean-up': 'Clean up',
  report: 'Write the report',
};

/** GitHub shows at most this many annotations of one type a step, and drops the rest without a word. */
export const annotationLimit = 10;
/** Warnings of the run that become annotations; the other half is for failures that do not fail the run. */
export const warningsShown = annotationLimit / 2;

/** A sink that folds the log into one group for each phase. `lineOf` says what an event is in the log; warnings become annotations. */
export function logGroups(toolkit: Toolkit, lineOf: (event: Parameters<EventSink>[0]) => string | undefined): EventSink {
  let warnings = 0;
  return (event) => {
    if (event.type === 'phase-started') return toolkit.startGroup(titles[event.phase]);
    if (event.type === 'notice' && event.level === 'warning' && ++warnings <= warningsShown) return toolkit.warning(event.message);
    const line = lineOf(event);
    if (line !== undefined) toolkit.info(harmless(line));
    if (event.type === 'phase-ended') toolkit.endGroup();
  };
}
