import { join } from 'node:path';
import { ConformanceError, messageOf } from '../model/errors.ts';
import type { MeshDefinition } from '../model/mesh.ts';
import { providerAddress } from './address.ts';
import { resultsEndpoint } from './capabilities.ts';
import { createClient } from './client.ts';
import type { Credential } from './credential.ts';
import type { Fetch } from './exchange.ts';
import { ensureValid } from './expiry.ts';
import { type Naming, payloadOf } from './payload.ts';
import { publish } from './publish.ts';
import { readReceipt, writeReceipt } from './receipt.ts';
import { readReportFile } from './report-file.ts';
import { resultIdOf } from './result-id.ts';
import { type Clock, type Limits, systemClock, usualLimits } from './retry.ts';
import { UploadTrouble } from './trouble.ts';

export interface UploadOptions {
  /** The folder that a run wrote; `report.json` is read from it, and the receipt goes into it. Nothing else there is changed. */
  directory: string;
  /** Address of the provider, as the user wrote it. */
  url: string;
  token: Credential;
  naming: Naming;
  /** The definitions among which that of the report's mesh is: it has the provider's name for the mesh. */
  meshes: readonly Pick<MeshDefinition, 'id' | 'provider'>[];
  /** UUID of who sends: `systemIdOf`. */
  systemId: string;
  signal: AbortSignal;
  log: UploadLog;
  /** How the door spells the input for the address. */
  urlLabel?: string;
  fetch?: Fetch;
  clock?: Clock;
  limits?: Partial<Limits>;
}

export interface UploadLog {
  info(message: string): void;
  warn(message: string): void;
}

export interface Uploaded {
  /** The provider's id of the result. */
  id: string;
  /** ISO 8601, UTC. */
  at: string;
  /** The provider had it before; nothing was sent. */
  already: boolean;
}

/**
 * Sends the report of a folder to a results provider, once: a report that it has is not sent again. Rejects with BAD_INPUT where the report or the address cannot
 * be used, CANCELLED where the signal is aborted, and UPLOAD_FAILED for all else; report and bundle stay where they are, and the token is in no error.
 */
export async function upload(options: UploadOptions): Promise<Uploaded> {
  const { directory, token, naming, meshes, signal, log, clock = systemClock } = options;
  const provider = providerAddress(options.url, options.urlLabel ?? 'provider_url');
  const { report, bytes } = await readReportFile(directory);
  const result = resultIdOf(bytes);
  const payload = payloadOf(report, naming, { id: result, mesh: meshOf(report.mesh.id, meshes) });

  const receipt = await readReceipt(directory, { provider, result });
  if (receipt !== undefined) return { id: receipt.id, at: receipt.at, already: true };

  const { scrub } = token.scrubber;
  const client = createClient({
    provider, credential: token, systemId: options.systemId, fetch: options.fetch ?? globalThis.fetch, clock, limits: { ...usualLimits, ...options.limits }, signal,
    waiting: (message) => log.info(`${message}.`),
  });
  try {
    signal.throwIfAborted();
    await ensureValid(client, token, clock, (message) => log.warn(`${message}.`));
    const endpoint = await resultsEndpoint(client, scrub);
    const { id, already } = await publish({ endpoint, id: result, payload }, client, scrub);
    const uploaded = { id: scrub(id), at: new Date(clock.now()).toISOString(), already };
    await keep({ directory, provider, result }, uploaded, log);
    return uploaded;
  } catch (error) {
    if (signal.aborted) throw new ConformanceError('CANCELLED', `The upload to ${provider} was stopped. ${laterText(directory)}`);
    if (error instanceof UploadTrouble) throw new ConformanceError('UPLOAD_FAILED', `The result was not uploaded: ${error.message}. ${laterText(directory)}`);
    throw error;
  }
}

/** What becomes of results that were not uploaded, and how to send them later. */
export function laterText(directory: string): string {
  return `Nothing is lost: the report and its signature stay in ${directory}, and ${commandFor(directory)} sends them.`;
}

/** The notice of a run without a token. */
export function noTokenText(directory: string): string {
  return `No provider_token was given, so the results stay in ${directory}. To have them on a conformance dashboard, take a token from your results provider, keep it as a secret and give it as provider_token; for this run, ${commandFor(directory)} sends them.`;
}

function commandFor(directory: string): string {
  return `smi-conformance upload ${/^[\w./~@%+=:,-]+$/.test(directory) ? directory : `'${directory.replaceAll('\'', `'\\''`)}'`}`;
}

function meshOf(id: string, meshes: UploadOptions['meshes']): UploadOptions['meshes'][number] {
  const mesh = meshes.find((one) => one.id === id);
  if (mesh !== undefined) return mesh;
  throw new ConformanceError('BAD_INPUT', `The report is about the mesh ${id}, of which there is no definition here, so the provider's name for it is not known: give the definition that the run had (mesh_definition).`);
}

/** A result that is there but not noted is found there by the next upload, so this is no failure. */
async function keep({ directory, provider, result }: { directory: string; provider: string; result: string }, { id, at }: Uploaded, log: UploadLog): Promise<void> {
  try {
    await writeReceipt(directory, { provider, result, id, at });
  } catch (error) {
    log.warn(`The result is uploaded (${id}), but that could not be noted in ${join(directory, 'upload.json')}: ${messageOf(error)}.`);
  }
}
