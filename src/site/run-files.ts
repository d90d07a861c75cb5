import type { Report } from '../model/report.ts';
import { bundlePathOf } from '../publish/index.ts';
import { dataOf, places } from './links.ts';
import { digestOf } from './output.ts';
import { runPage, type RunContext } from './pages/run.ts';
import type { Contents } from './read-ahead.ts';
import type { RunFacts } from './run-facts.ts';
import { toYaml } from './yaml.ts';

export interface RunFilesInput {
  facts: RunFacts;
  /** A bundle lies beside the report. */
  bundled: boolean;
  /** Of report and bundle together. */
  digest: string;
  /** The run of the same mesh before it. */
  before: RunFacts | undefined;
  context: RunContext;
  /** Tells apart what the pages of runs look like, beside the runs themselves. */
  look: string;
}

/** A file about a run: `key` says what it is made from. */
export interface RunFile {
  path: string;
  key: string;
  make(contents: Contents, report: Report): string | Uint8Array | undefined;
}

/** The page of a run, and what lies beside it; not yet made. */
export function runFiles({ facts, bundled, digest, before, context, look }: RunFilesInput): RunFile[] {
  const path = places.run(facts.path);
  const page: RunFile = {
    path,
    key: digestOf([look, facts.digest, JSON.stringify(facts.provenance), before?.digest, before?.path].join()),
    make: (_, report) => runPage(report, facts, before, context),
  };
  if (context.sourceUrl !== undefined) return [page];
  return [
    page,
    { path: dataOf(path, 'json'), key: facts.digest, make: ({ report }) => report },
    { path: dataOf(path, 'yaml'), key: facts.digest, make: (_, report) => toYaml(report) },
    ...(bundled ? [{ path: bundlePathOf(facts.path), key: digest, make: ({ bundle }: Contents) => bundle }] : []),
  ];
}
