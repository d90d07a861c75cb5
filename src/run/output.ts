import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConformanceError, messageOf } from '../model/errors.ts';
import type { RunEvent } from '../model/event.ts';
import type { Report } from '../model/report.ts';
import { toBadge, toJson, toJUnit, toSummary, toYaml } from '../report/index.ts';

/** The folder that a run writes to. The events are written as they happen, so that a run that is killed leaves its story. */
export interface Output {
  /** Never throws: a disk that fills up in the middle of a run must not end it. */
  record(event: RunEvent): void;
  /** Writes every rendering of the report, each for itself. Never rejects. */
  write(report: Report): Promise<Written>;
  close(): void;
}

export interface Written {
  /** Paths by what they are. Where the folder did not take it, the report is in one for temporary files. */
  files: Record<string, string>;
  /** WRITE_FAILED: what is not there, and what is. */
  error?: ConformanceError;
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
  const log = opened(directory, events);
  let lost: unknown;
  return {
    record(event) {
      // The report has a file of its own.
      if (event.type === 'finished' || lost !== undefined) return;
      try {
        writeSync(log, `${JSON.stringify(event)}\n`);
      } catch (error) {
        // A line that is missing in the middle would be worse than none from here on.
        lost = error;
      }
    },
    async write(report) {
      const files: Record<string, string> = { events };
      const failed: { file: string; error: unknown }[] = lost === undefined ? [] : [{ file: 'events.ndjson', error: lost }];
      for (const { what, file, render } of renderings) {
        const path = join(directory, file);
        try {
          const text = render(report);
          // What an earlier run left must not be taken for this one's.
          if (text === undefined) await rm(path, { force: true });
          else {
            await replaceFile(path, text);
            files[what] = path;
          }
        } catch (error) {
          failed.push({ file, error });
        }
      }
      if (failed.length === 0) return { files };
      const saved = files['report'] === undefined ? await savedElsewhere(toJson(report)) : undefined;
      return { files: saved === undefined ? files : { ...files, report: saved }, error: unwritten(directory, failed, saved) };
    },
    close: () => closeSync(log),
  };
}

function opened(directory: string, events: string): number {
  try {
    mkdirSync(directory, { recursive: true });
    return openSync(events, 'w');
  } catch (error) {
    throw new ConformanceError('WRITE_FAILED', `the results cannot be written to ${directory}: ${messageOf(error)}. Make the folder writable, or name another one with output_directory.`, { cause: error });
  }
}

/** All of a file or nothing of it: a reader never sees half a report. */
async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, path);
  } catch (error) {
    // Half a file takes the room that the next one may need, and an old report is not this run's.
    await Promise.all([rm(temporary, { force: true }), rm(path, { force: true })]);
    throw error;
  }
}

/** The folder for temporary files is often on another disk. */
async function savedElsewhere(text: string): Promise<string | undefined> {
  try {
    const path = join(await mkdtemp(join(tmpdir(), 'smi-conformance-')), 'report.json');
    await writeFile(path, text);
    return path;
  } catch {
    // It was tried for the report's sake; what is told is why the folder that was named did not take it.
    return undefined;
  }
}

function unwritten(directory: string, failed: readonly { file: string; error: unknown }[], saved: string | undefined): ConformanceError {
  const [first] = failed;
  const what = failed.map(({ file }) => file).join(', ');
  const report = failed.some(({ file }) => file === 'report.json') ? (saved === undefined ? 'The report could be saved nowhere: the log has its verdicts.' : `The report was saved as ${saved}.`) : 'Everything else is there.';
  return new ConformanceError('WRITE_FAILED', `not written to ${directory}: ${what}: ${messageOf(first?.error)}. ${report} Make room, or name another folder with output_directory.`, { cause: first?.error });
}
