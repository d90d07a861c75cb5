import { spawnSync } from 'node:child_process';
import { inspect } from 'node:util';
import { credentialOf, systemIdOf, takeSecret, upload } from '../../src/provider/index.ts';

/** Run as a process of its own by `crash.test.ts`: takes the token as a door does, fails to upload, starts a program, and crashes with everything that it has in its hands. */
const [url = '', directory = ''] = process.argv.slice(2);
const secret = takeSecret(process.env, 'SMI_CONFORMANCE_PROVIDER_TOKEN');
if (secret === undefined) throw new Error('there is no token');
const token = credentialOf(secret);
const options = { directory, url, token, naming: 'snake_case' as const, meshes: [{ id: 'osm', provider: 'OPEN_SERVICE_MESH' }], systemId: systemIdOf('test'), signal: new AbortController().signal };
const failure: unknown = await upload({ ...options, log: { info: say, warn: say }, limits: { totalMs: 300 } }).then(() => undefined, (error: unknown) => error);

say(inspect({ failure, options, secret, token }, { depth: null, showHidden: true }));
say(JSON.stringify({ failure, options, secret, token }));
say(spawnSync(process.execPath, ['-e', 'process.stdout.write(JSON.stringify([process.env, process.argv]))'], { encoding: 'utf8' }).stdout);
process.report.writeReport();
throw Object.assign(new Error(`crashed with ${String(secret)}`, { cause: failure }), { token, secret });

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
