import type { Report } from '../model/report.ts';
import { bundlePathOf, type RunEntry } from '../publish/index.ts';
import { dataOf, places } from './links.ts';
import { digestOf, type Output } from './output.ts';
import { runPage, type RunContext } from './pages/run.ts';
import { type Contents, contentsOf } from './read-ahead.ts';
import type { RunFacts } from './run-facts.ts';
import { toYaml } from './yaml.ts';

export interface RunToWrite {
  facts: RunFacts;
  entry: RunEntry;
  /** Of report and bundle together. */
  digest: string;
  contents?: Contents | { failed: string } | undefined;
  report?: Report | undefined;
  before: RunFacts | undefined;
}

/** Writes the page of a run, and what lies beside it, unless they are there. */
export async function writeRun({ facts, entry, digest, contents, report, before }: RunToWrite, { output, context, look }: { output: Output; context: RunContext; /** What all pages of runs look like. */ look: string }): Promise<void> {
  const page = places.run(facts.path);
  const bundlePath = bundlePathOf(facts.path);
  const keys: [path: string, key: string][] = [
    [page, digestOf([look, facts.digest, JSON.stringify(facts.provenance), before?.digest, before?.path].join())],
    ...(context.sourceUrl !== undefined ? [] : [[dataOf(page, 'json'), facts.digest], [dataOf(page, 'yaml'), facts.digest]] satisfies [string, string][]),
    ...(context.sourceUrl !== undefined || entry.bundle === undefined ? [] : [[bundlePath, digest]] satisfies [string, string][]),
  ];
  const missing = new Map(keys.filter(([path, key]) => !output.keeps(path, key)));
  if (missing.size === 0) return;
  const { report: bytes, bundle } = contents !== undefined && 'report' in contents ? contents : await contentsOf(entry);
  const whole = report ?? (JSON.parse(Buffer.from(bytes).toString('utf8')) as Report);
  const make: Record<string, () => string | Uint8Array | undefined> = {
    [page]: () => runPage(whole, facts, before, context),
    [dataOf(page, 'json')]: () => bytes,
    [dataOf(page, 'yaml')]: () => toYaml(whole),
    [bundlePath]: () => bundle,
  };
  for (const [path, key] of missing) {
    const made = make[path]?.();
    if (made !== undefined) await output.write(path, made, key);
  }
}
