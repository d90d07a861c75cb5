import { readFile } from 'node:fs/promises';
import type { Delivery } from './deliver.ts';

/** Stores the signature with GitHub's attestations. One with a key stands for no workflow, and GitHub takes none. */
export async function storeBundle({ plan: { github }, report, delivered, say }: Delivery): Promise<void> {
  const { bundle } = delivered.files;
  if (github === undefined || bundle === undefined || delivered.signed !== 'keyless' || report.kubernetes.cluster === 'embedded') return;
  const { storeAttestation } = await import('../github/index.ts');
  delivered.attestation = await storeAttestation({ access: github.access, fork: github.fork, bundle: await readFile(bundle) });
  say('info', `stored with GitHub's attestations: ${delivered.attestation}`);
}
