import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ConformanceError, messageOf } from '../model/errors.ts';
import { bundleBytes, bundleFile } from './bundle-file.ts';
import type { SigningLimits } from './keyless.ts';
import { sign, type Signer } from './sign.ts';
import { type ActionFacts, reportName, statementOf, type WorkflowFacts } from './statement.ts';

export interface AttestOptions {
  /** The folder that a run wrote: `report.json` is read there, and the bundle goes beside it. */
  directory: string;
  /** Absent where the result stays unsigned. */
  signer: Signer | undefined;
  action: ActionFacts;
  workflow?: WorkflowFacts | undefined;
  limits?: Partial<SigningLimits>;
}

export type Attested = { signed: 'keyless' | 'key'; /** Path of the bundle. */ file: string } | { signed: 'none' };

/**
 * Signs the report of a folder, and writes its bundle beside it. A bundle that an earlier run left there is gone in any case. Rejects with SIGNING_FAILED where a service
 * fails, WRITE_FAILED where the disk does; the report is never touched.
 */
export async function attest({ directory, signer, action, workflow, limits }: AttestOptions): Promise<Attested> {
  const file = join(directory, bundleFile);
  try {
    await rm(file, { force: true });
    if (signer === undefined) return { signed: 'none' };
    const report = await readFile(join(directory, reportName));
    const bundle = await sign(statementOf({ report, action, ...(workflow === undefined ? {} : { workflow }) }), signer, limits);
    await write(file, await bundleBytes(bundle));
    return { signed: signer.kind, file };
  } catch (error) {
    if (error instanceof ConformanceError) throw error;
    throw new ConformanceError('WRITE_FAILED', `The signature cannot be written to ${file}: ${messageOf(error)}. The report stays there, unsigned.`, { cause: error });
  }
}

/** All of the file or nothing of it. */
async function write(file: string, bytes: Buffer): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await using handle = await open(temporary, 'w');
    await handle.writeFile(bytes);
    await handle.sync();
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
