import type { EventSink, Phase } from '../model/event.ts';
import { lineOf } from '../door/lines.ts';
import type { Toolkit } from './toolkit.ts';

const titles: Record<Phase, string> = {
  connect: 'Connect to the cluster',
  plan: 'Plan the run',
  prepare: 'Prepare the fixtures',
  run: 'Run the assertions',
  'clean-up': 'Clean up',
  report: 'Write the report',
};

/** GitHub shows at most this many annotations of one type a step, and drops the rest without a word. */
export const annotationLimit = 10;

/** A sink that folds the log into one group for each phase. Warnings become annotations, as many as GitHub shows. */
export function logGroups(toolkit: Toolkit): EventSink {
  let warnings = 0;
  return (event) => {
    if (event.type === 'phase-started') return toolkit.startGroup(titles[event.phase]);
    if (event.type === 'phase-ended') return toolkit.endGroup();
    if (event.type === 'notice' && event.level === 'warning' && ++warnings <= annotationLimit) return toolkit.warning(event.message);
    const line = lineOf(event);
    if (line !== undefined) toolkit.info(line);
  };
}
