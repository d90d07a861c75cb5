import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConformanceError, messageOf } from '../model/errors.ts';
import type { RunEvent } from '../model/event.ts';
import type { Report } from '../model/report.ts';
import { clearEvidence } from './evidence.ts';
import { toBadge, toJson, toJUnit, toSummary, toYaml } from '../report/index.ts';

/** The folder that a run writes to. The events are written as they happen, so that a run that is killed leaves its story. */
export interface Output {
  record(event: RunEvent): void;
  /** Writes every rendering of the report; returns the paths by what they are. */
  write(report: Report): Promise<Record<string, string>>;
  close(): void;
}

const renderings: { what: string; file: string; render(report: Report): string | undefined }[] = [
  { what: 'report', file: 'report.json', render: toJson },
  { what: 'yaml', file: 'report.yaml', render: toYaml },
  { what: 'junit', file: 'junit.xml', render: toJUnit },
  { what: 'summary', file: 'summary.md', render: toSummary },
  { what: 'badge', file: 'badge.json', render: toBadge },
];

/** Makes the folder and opens the log of events, before anything is done to a cluster. Throws WRITE_FAILED. */
export function openOutput(directory: string): Output {
  const events = join(directory, 'events.ndjson');
  const log = unlessUnwritable(directory, () => {
    mkdirSync(directory, { recursive: true });
    clearEvidence(directory);
    return openSync(events, 'w');
  });
  return {
    record: (event) => {
      // The report has a file of its own.
      if (event.type !== 'finished') unlessUnwritable(directory, () => writeSync(log, `${JSON.stringify(event)}\n`));
    },
    async write(report) {
      const files: Record<string, string> = { events };
      try {
        for (const { what, file, render } of renderings) {
          const path = join(directory, file);
          const text = render(report);
          // What an earlier run left must not be taken for this one's.
          if (text === undefined) await rm(path, { force: true });
          else {
            await replaceFile(path, text);
            files[what] = path;
          }
        }
      } catch (error) {
        throw unwritable(directory, error);
      }
      return files;
    },
    close: () => closeSync(log),
  };
}

/** All of a file or nothing of it: a reader never sees half a report. */
async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, text);
  await rename(temporary, path);
}

function unlessUnwritable<T>(directory: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw unwritable(directory, error);
  }
}

function unwritable(directory: string, error: unknown): ConformanceError {
  return new ConformanceError('WRITE_FAILED', `the results cannot be written to ${directory}: ${messageOf(error)}. Make the folder writable, or name another one with output_directory.`, { cause: error });
}
