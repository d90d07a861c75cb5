import { parseArgs } from 'node:util';
import { identityOf } from '../src/judge/index.ts';
import type { Report } from '../src/model/report.ts';
import { runEmbedded, sound } from './embedded.ts';

const usage = `npm run profiles [-- NAME…]

Runs the whole suite against the reference mesh at each set of API versions, one after the other, and says what does not hold there. Every version of every
specification is in one of them: the releases of the Service Mesh Interface, what meshes offer, and the oldest. Each takes about a minute.`;

/** Sets of API versions, by a name, as `smi_versions` takes them. */
export const profiles: Record<string, string> = {
  oldest: 'access=v1alpha1,specs=v1alpha1,split=v1alpha1',
  'v0.4.0': 'access=v1alpha1,specs=v1alpha2,split=v1alpha3',
  mixed: 'access=v1alpha2,specs=v1alpha3,split=v1alpha2',
  'v0.5.0': 'access=v1alpha2,specs=v1alpha3,split=v1alpha3',
  'v0.6.0': 'access=v1alpha3,specs=v1alpha4,split=v1alpha4',
  bindings: 'access=v1alpha4,specs=v1alpha4,split=v1alpha4',
};

/** Runs the suite at one set of versions. Rejects where the run gave no report. */
export function runProfile(smiVersions: string, only = ''): Promise<Report> {
  return runEmbedded({ smi_versions: smiVersions, only });
}

/** What does not hold, a line each; none for a mesh that does all that applies. */
export function troubleIn({ assertions, complete, incompleteBecause }: Report): string[] {
  const wrong = assertions.filter(({ verdict }) => !sound.has(verdict));
  return [...wrong.map((result) => `${result.verdict} ${identityOf(result)}: ${result.reason ?? ''}`), ...(complete ? [] : incompleteBecause)];
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { help: { type: 'boolean', short: 'h' } } });
  const unknown = positionals.find((name) => profiles[name] === undefined);
  if (values.help === true || unknown !== undefined) {
    console.log(unknown === undefined ? usage : `there is no profile ${unknown}: write ${Object.keys(profiles).join(', ')}`);
    return unknown === undefined ? 0 : 2;
  }
  let worst = 0;
  for (const [name, versions] of Object.entries(profiles).filter(([one]) => positionals.length === 0 || positionals.includes(one))) {
    const report = await runProfile(versions);
    const trouble = troubleIn(report);
    const { pass, skip, info } = report.summary;
    console.log(`${trouble.length === 0 ? '✓' : '✗'} ${name} (${versions}): ${pass} pass, ${skip} skip, ${info} info, ${(report.run.durationMs / 1000).toFixed(0)} s`);
    for (const line of trouble) console.log(`  ${line}`);
    worst = Math.max(worst, trouble.length === 0 ? 0 : 1);
  }
  return worst;
}

if (import.meta.main) process.exitCode = await main();
