import type { Delivery } from './deliver.ts';

/** Keeps what the run wrote as an artifact of the workflow, where the runner offers that: the machine is gone after the job. */
export async function keepFiles({ plan: { artifact: plan }, report, directory, written, delivered, say }: Delivery): Promise<void> {
  if (plan === undefined) return;
  const { artifactName, keepArtifact } = await import('../github/index.ts');
  const { bundle } = delivered.files;
  const { name, bytes, leftOut } = await keepArtifact({ service: plan.service, name: artifactName(report, plan.attempt), directory, files: bundle === undefined ? written : [...written, bundle] });
  delivered.artifact = name;
  say('info', `kept as the artifact ${name} (${bytes} bytes)`);
  for (const { path, why } of leftOut) say('warning', `${path} is not in the artifact: ${why}.`);
}
