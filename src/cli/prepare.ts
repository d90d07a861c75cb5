import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { type Prepared, prepareDelivery } from '../door/delivery.ts';
import type { RawInputs } from '../door/inputs.ts';
import { assetsFolder, resolvePath } from '../door/paths.ts';
import { takeVariableSecrets } from '../door/secrets.ts';
import { ConformanceError, messageOf } from '../model/errors.ts';
import { Secret } from '../provider/secret.ts';
import { flagOf } from './flags.ts';
import type { Terminal } from './terminal.ts';

/** Checks the options about what becomes of a result. The token is not in the environment any more afterwards. Rejects with BAD_INPUT. */
export async function prepare(raw: RawInputs, { directory, home, environment }: Terminal): Promise<Prepared> {
  const taken = takeVariableSecrets(environment);
  const { unsignedText } = await import('../attest/index.ts');
  const key = raw.signing_key ? new Secret(await textOf(resolvePath(raw.signing_key, { directory, home }))) : undefined;
  return prepareDelivery(raw, { label: flagOf, directory, home }, {
    secrets: { ...taken, ...(key && { signing_key: key }) },
    mask: () => undefined,
    name: hostname(),
    unsigned: unsignedText({ on: 'terminal' }),
    environment,
    assets: assetsFolder(),
  });
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new ConformanceError('BAD_INPUT', `${flagOf('signing_key')} cannot be read: ${messageOf(error)}. Name the file of a key, as made by: openssl genpkey -algorithm ed25519 -out signing-key.pem`, { cause: error });
  }
}
