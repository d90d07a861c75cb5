import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What is known of the upload of one report to one provider. */
export interface Receipt {
  /** Address of the provider. */
  provider: string;
  /** Id of the result, made of the report: of another report, the receipt says nothing. */
  result: string;
  /** The provider's id of it. */
  id: string;
  /** ISO 8601, UTC, by this machine. */
  at: string;
}

/** The file beside the report that says where the report has been sent. */
export const receiptFile = 'upload.json';

/** The receipt of a result from a provider; undefined where there is none, or none that can be read: then the provider is asked. */
export async function readReceipt(directory: string, { provider, result }: Pick<Receipt, 'provider' | 'result'>): Promise<Receipt | undefined> {
  return (await receiptsIn(directory)).find((one) => one.provider === provider && one.result === result);
}

/** Adds a receipt, and leaves out those of reports that were in the folder before. All of the file is written, or nothing of it. */
export async function writeReceipt(directory: string, receipt: Receipt): Promise<void> {
  const others = (await receiptsIn(directory)).filter((one) => one.result === receipt.result && one.provider !== receipt.provider);
  const path = join(directory, receiptFile);
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await using file = await open(temporary, 'w');
    await file.writeFile(`${JSON.stringify({ uploads: [...others, receipt] }, null, 2)}\n`);
    await file.sync();
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function receiptsIn(directory: string): Promise<Receipt[]> {
  try {
    const { uploads } = JSON.parse(await readFile(join(directory, receiptFile), 'utf8')) as { uploads?: unknown };
    return Array.isArray(uploads) ? uploads.filter(isReceipt) : [];
  } catch {
    // Without a receipt that can be read the provider is asked whether it has the result.
    return [];
  }
}

function isReceipt(value: unknown): value is Receipt {
  const one = (value ?? {}) as Record<string, unknown>;
  return ['provider', 'result', 'id', 'at'].every((key) => typeof one[key] === 'string');
}
