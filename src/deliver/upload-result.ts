import { ConformanceError } from '../model/errors.ts';
import type { Delivery } from './deliver.ts';

/** Sends the result to the provider, where there is a token and it may count as the mesh's. */
export async function uploadResult({ plan: { upload: plan }, report, directory, definition, signal, log, delivered, say }: Delivery): Promise<void> {
  const { noTokenText, refusalOf, upload } = await import('../provider/index.ts');
  if (plan.token === undefined) {
    // Results of the embedded cluster could not be sent with a token either.
    if (report.kubernetes.cluster !== 'embedded') say('info', noTokenText(directory));
    return;
  }
  const mesh = await definition();
  const refusal = refusalOf(report, mesh);
  if (refusal !== undefined) {
    if (plan.required) throw new ConformanceError('UPLOAD_FAILED', `An upload is required, and the result was not uploaded: ${refusal}.`);
    say('info', `The result was not uploaded: ${refusal}.`);
    return;
  }
  const { id, already } = await upload({ directory, url: plan.url, token: plan.token, naming: plan.naming, meshes: [mesh], systemId: plan.systemId, signal, log: { info: log, warn: (message) => say('warning', message) } });
  delivered.uploadId = id;
  say('info', already ? `The provider at ${plan.url} had the result before: ${id}` : `uploaded to ${plan.url}: ${id}`);
}
