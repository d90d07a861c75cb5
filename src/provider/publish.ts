import { type Answered, type Client, objectOf, textOf, transient } from './client.ts';
import type { Payload } from './payload.ts';
import { refused } from './refused.ts';
import type { Try } from './retry.ts';
import { UploadTrouble } from './trouble.ts';

export interface Publication {
  /** Where the provider takes results. */
  endpoint: string;
  /** UUID of the result. */
  id: string;
  payload: Payload | object;
}

/** How the provider knows the result; `already` where it had it before. */
export interface Published {
  id: string;
  already: boolean;
}

/**
 * Sends a result once. The provider is asked before each try whether it has it, since an answer can be lost after a result was taken; a provider that
 * cannot tell is sent it again.
 */
export async function publish({ endpoint, id, payload }: Publication, client: Client, scrub: (text: string) => string): Promise<Published> {
  const body = JSON.stringify(payload);
  return client.retry(`sending the result to ${client.provider}`, async (): Promise<Try<Published>> => {
    if (await has(endpoint, id, client)) return { done: { id, already: true } };
    const answer = await client.once({ what: 'sending the result', method: 'POST', url: endpoint, body });
    const trouble = transient(answer);
    if (trouble !== undefined) return trouble;
    return { done: await accepted(answer as Answered, { endpoint, id }, client, scrub) };
  });
}

async function accepted(answer: Answered, { endpoint, id }: Omit<Publication, 'payload'>, client: Client, scrub: (text: string) => string): Promise<Published> {
  const given = answer.status === 201 ? textOf(answer.text, 'id') : undefined;
  if (given !== undefined) return { id: given, already: false };
  // A conflict, and a success in words that cannot be read, may both mean that it is there.
  if ((answer.status === 409 || answer.status === 201) && (await has(endpoint, id, client))) return { id, already: answer.status === 409 };
  if (answer.status === 201) throw new UploadTrouble(`${client.provider} answered 201, but without the id of the result, so it cannot be said that it has it`);
  throw refused(answer, client, scrub);
}

/** Whether the provider says that it has the result. Anything but a clear yes is a no. */
async function has(endpoint: string, id: string, client: Client): Promise<boolean> {
  const answer = await client.once({ what: 'asking for the result', method: 'GET', url: `${endpoint}/${id}` });
  return answer.status === 200 && idIn(objectOf(answer.text))?.toLowerCase() === id;
}

function idIn(result: Record<string, unknown> | undefined): string | undefined {
  return typeof result?.['id'] === 'string' ? result['id'] : undefined;
}
