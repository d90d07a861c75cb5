import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect } from '@jest/globals';
import { causesOf } from '../../src/door/causes.ts';
import { ConformanceError } from '../../src/model/errors.ts';
import type { Report } from '../../src/model/report.ts';
import { type Clock, type Credential, credentialOf, Secret, systemIdOf, upload, type Uploaded, type UploadOptions } from '../../src/provider/index.ts';
import { toJson } from '../../src/report/index.ts';
import { noErrors, sampleReport } from '../report/sample.ts';
import { type Provider, type ProviderOptions, startProvider } from '../stand-ins/provider.ts';
import { inHours, jwt, packed } from './tokens.ts';

export const osm = { id: 'osm', provider: 'OPEN_SERVICE_MESH' };
/** Complete, on a real cluster, with failures. */
export const report: Report = sampleReport(noErrors);

const access = jwt({ sub: 'robot', exp: inHours(2) }, 'first-signature');
export const oldToken = packed({ access, refresh: 'refresh-secret-0123456789' });
export const newToken = packed({ access: jwt({ sub: 'robot', exp: inHours(3) }, 'second-signature'), refresh: 'refresh-secret-9876543210' });
export const rawToken = jwt({ sub: 'robot' }, 'raw-signature');

/** Time that passes only by waiting, so that two minutes of patience cost nothing. */
export function fastClock(aheadMs = 0): Clock & { waits: number[] } {
  let slept = 0;
  const waits: number[] = [];
  return {
    waits,
    now: () => Date.now() + aheadMs,
    tick: () => performance.now() + slept,
    random: () => 0.5,
    sleep: async (ms, signal) => {
      signal.throwIfAborted();
      waits.push(ms);
      slept += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

export interface Bed extends AsyncDisposable {
  provider: Provider;
  directory: string;
  said: string[];
  clock: ReturnType<typeof fastClock>;
  /** Uploads the folder; what is not said is the usual. */
  send(change?: Partial<UploadOptions> & { as?: string }): Promise<Uploaded>;
  /** The same, expected to fail: looks everywhere for secrets before it gives the error. */
  fail(change?: Partial<UploadOptions> & { as?: string }): Promise<ConformanceError>;
  files(): Promise<string[]>;
}

/** A provider and a folder with a report and a bundle in it. */
export async function bed(options: ProviderOptions = {}, aheadMs = 0): Promise<Bed> {
  const provider = await startProvider({ tokens: [oldToken, rawToken], ...options });
  const directory = await mkdtemp(join(tmpdir(), 'smi-upload-'));
  await writeFile(join(directory, 'report.json'), toJson(report));
  await writeFile(join(directory, 'report.sigstore.json'), '{"bundle":true}\n');
  const said: string[] = [];
  const clock = fastClock(aheadMs);
  const used = new Set<string>([oldToken, newToken, access, rawToken, 'refresh-secret-0123456789']);
  const send: Bed['send'] = ({ as = oldToken, ...change } = {}) => {
    used.add(as);
    return upload({
      directory, url: provider.url, token: token(as), naming: 'snake_case', meshes: [osm], systemId: systemIdOf('github.com/o/r'),
      signal: new AbortController().signal, log: { info: (message) => said.push(message), warn: (message) => said.push(message) }, clock, ...change,
    });
  };
  const files: Bed['files'] = async () => (await readdir(directory)).toSorted();
  return {
    provider, directory, said, clock, send, files,
    async fail({ as = oldToken, ...change } = {}) {
      const error: unknown = await send({ as, ...change }).then((uploaded) => Promise.reject(new Error(`it was uploaded: ${inspect(uploaded)}`)), (reason: unknown) => reason);
      const written = await Promise.all((await files()).map((name) => readFile(join(directory, name), 'utf8')));
      expectHidden([...shapesOf(error), ...shapesOf(change), ...said, ...written], [...used]);
      if (!(error instanceof ConformanceError)) throw error;
      return error;
    },
    async [Symbol.asyncDispose]() {
      await provider.close();
      await rm(directory, { recursive: true });
    },
  };
}

export function token(text: string, mask?: (secret: string) => void): Credential {
  return credentialOf(new Secret(text), mask);
}

/** Everything that anybody could print of an error or a value. */
function shapesOf(value: unknown): string[] {
  const deep = inspect(value, { depth: null, showHidden: true, getters: true, maxStringLength: null });
  return [deep, String(value), JSON.stringify(value) ?? '', ...(value instanceof Error ? [value.message, value.stack ?? '', causesOf(value)] : [])];
}

/** No text has a secret in it, nor a piece of one that is long enough to be known again; nor in base64, nor in a URL. */
export function expectHidden(texts: readonly string[], secrets: readonly string[]): void {
  const pieces = secrets.flatMap((secret) => [secret.slice(0, 24), secret.slice(-24), encodeURIComponent(secret), Buffer.from(secret).toString('base64').slice(0, 24)]).filter((piece) => piece.length >= 12);
  const shown = pieces.filter((piece) => texts.some((text) => text.includes(piece)));
  expect(shown).toEqual([]);
}
