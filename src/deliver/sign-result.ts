import { attest } from '../attest/index.ts';
import type { Delivery } from './deliver.ts';

/** Signs the report; the bundle goes beside it. A bundle of an earlier run is gone afterwards, whatever happens. */
export async function signResult({ plan: { signing }, directory, report, signal, delivered, say }: Delivery): Promise<void> {
  const { signer, unsigned, action, workflow } = signing;
  const attested = await attest({ directory, signer: signal.aborted ? undefined : signer, action, workflow });
  if (attested.signed !== 'none') {
    delivered.files.bundle = attested.file;
    delivered.signed = attested.signed;
    return say('info', `signed (${attested.signed === 'keyless' ? 'by this workflow, keyless' : 'with the key that was given'}): ${attested.file}`);
  }
  if (signer !== undefined) return say('info', 'The result is unsigned, since the run was stopped.');
  // How to have it signed is of no use for a result that is nobody's.
  say('info', report.kubernetes.cluster === 'embedded' ? 'The result is unsigned.' : unsigned.trimEnd());
}
