import { createHash } from 'node:crypto';
import type { Report } from '../model/report.ts';
import { accept } from './accept.ts';
import type { KnownFile } from './manifest.ts';
import { digestOf } from './output.ts';
import { provenanceOf, type Verifier } from './provenance.ts';
import type { Contents } from './read-ahead.ts';
import { factsOf, type Sharing } from './run-facts.ts';

/** What a file among the runs is, and the report in it, where it is one that may be shown. */
export interface JudgedRun {
  file: KnownFile;
  report?: Report;
}

/** Reads a report and its bundle, and says who made it. `known` is what an earlier build found: it holds as long as both files have the same bytes. */
export async function judgeRun(contents: Contents, { stamp, known, sharing, verify }: { stamp: string; known?: KnownFile | undefined; sharing: Sharing; verify?: Verifier | undefined }): Promise<JudgedRun> {
  const digest = createHash('sha256').update(contents.report).digest('hex');
  const both = contents.bundle === undefined ? digest : `${digest} ${digestOf(contents.bundle)}`;
  if (known?.digest === both) return { file: { ...known, stamp } };
  const accepted = accept(contents.report);
  if ('refused' in accepted) return { file: { stamp, digest: both, outcome: accepted } };
  const { report } = accepted;
  const provenance = await provenanceOf({ bytes: contents.report, report }, contents.bundle, verify);
  return { report, file: { stamp, digest: both, outcome: { facts: factsOf(report, digest, provenance, sharing) } } };
}
