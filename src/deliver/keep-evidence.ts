import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../model/errors.ts';
import type { Delivered } from './deliver.ts';
import type { DeliveryPlan } from './plan.ts';

/**
 * Keeps what a run wrote that ended without a report, since its cluster did not boot or its mesh did not get ready: why is in its events and logs, and the machine is
 * gone after the job. Undefined where there is nothing to keep, or nowhere. Never rejects.
 */
export async function keepEvidence({ artifact: plan }: DeliveryPlan, directory: string): Promise<Delivered | undefined> {
  const events = join(directory, 'events.ndjson');
  if (plan === undefined || !existsSync(join(directory, 'logs'))) return undefined;
  const delivered: Delivered = { files: {}, regressions: [], regressed: false, said: [] };
  try {
    const { artifactPart, keepArtifact } = await import('../github/index.ts');
    // Of such a run there is nothing by which it could be named.
    const name = ['smi-conformance-without-report', ...(plan.attempt === undefined ? [] : [`attempt-${plan.attempt}`]), randomBytes(4).toString('hex')].map(artifactPart).join('-');
    const { bytes } = await keepArtifact({ service: plan.service, name, directory, files: [events] });
    delivered.artifact = name;
    delivered.said.push({ level: 'info', message: `what shows why is kept as the artifact ${name} (${bytes} bytes)` });
  } catch (error) {
    delivered.said.push({ level: 'warning', message: messageOf(error) });
  }
  return delivered;
}
