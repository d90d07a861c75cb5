import { hostname } from 'node:os';
import { join } from 'node:path';
import { factOf } from '../../door/inputs.ts';
import { assetsFolder, resolvePath } from '../../door/paths.ts';
import { reader } from '../../door/reader.ts';
import { takeVariableSecrets } from '../../door/secrets.ts';
import { abortOnSignals } from '../../door/signals.ts';
import { ConformanceError } from '../../model/errors.ts';
import type { MeshDefinition } from '../../model/mesh.ts';
import { flagOf } from '../flags.ts';
import type { AddCommand, Setting } from '../program.ts';
import type { Terminal } from '../terminal.ts';

interface Options {
  providerUrl?: string;
  providerNaming?: string;
  meshDefinition?: string;
}

/** `upload DIR`: sends a result that was not sent yet. */
export const addUpload: AddCommand = (program, setting, end) => {
  program
    .command('upload')
    .description('send the report of an earlier run to the results provider, once')
    .argument('<DIR>', 'the folder that the run wrote')
    .option('--provider-url <URL>', `the results provider (default: ${factOf('provider_url').default})`)
    .option('--provider-naming <NAMING>', `${factOf('provider_naming').help} (default: ${factOf('provider_naming').default})`)
    .option('--mesh-definition <FILE>', 'the mesh definition of your own that the run had')
    .addHelpText('after', `\nThe token is taken from the variable ${flagOf('provider_token')}.\nExit status: 0 the provider has it (uploaded: ID, or already there: ID), 2 bad input, 3 it was not uploaded.`)
    .action(async (directory: string, options: Options) => end(await send(directory, options, setting)));
};

async function send(directory: string, options: Options, { terminal, process }: Setting): Promise<number> {
  const { provider_token: secret } = takeVariableSecrets(terminal.environment);
  if (secret === undefined) throw new ConformanceError('BAD_INPUT', `There is no token: put that of your results provider into the variable ${flagOf('provider_token')}.`);
  const { credentialOf, namings, systemIdOf, upload } = await import('../../provider/index.ts');
  const read = reader({ provider_url: options.providerUrl ?? '', provider_naming: options.providerNaming ?? '' }, { label: flagOf, ...terminal });
  const naming = read.choice('provider_naming', namings);
  const token = credentialOf(secret);
  const meshes = await definitions(options.meshDefinition, terminal);
  const stopping = abortOnSignals(process, (status) => process.exit(status));
  try {
    const { id, already } = await upload({
      directory: resolvePath(directory, terminal), url: read.text('provider_url'), urlLabel: flagOf('provider_url'), token, naming, meshes,
      systemId: systemIdOf(hostname()), signal: stopping.signal, log: { info: terminal.tell, warn: (message) => terminal.tell(`! warning: ${message}`) },
    });
    terminal.out(`${already ? 'already there' : 'uploaded'}: ${id}`);
    return 0;
  } finally {
    stopping.stop();
  }
}

/** The user's own comes first: it is the one that is found where it has the id of a built-in one. */
async function definitions(own: string | undefined, terminal: Terminal): Promise<MeshDefinition[]> {
  const { loadDefinition, loadDefinitions } = await import('../../mesh/index.ts');
  const known = await loadDefinitions(join(assetsFolder(), 'meshes'));
  return own === undefined ? known : [await loadDefinition(resolvePath(own, terminal), known), ...known];
}
