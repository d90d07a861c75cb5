import { bootCluster } from '../../src/cluster/boot/index.ts';
import { openJournal } from '../../src/journal/index.ts';

/** A run that boots a cluster, in a process of its own that can be killed: state folder, run id, name of the cluster, folder, node image. */
const [state = '', id = '', name = '', directory = '', image = ''] = process.argv.slice(2);
const journal = openJournal(state, { id });
await bootCluster({ tool: 'kind', name, directory, journal, log: (line) => process.stderr.write(`${line}\n`), signal: new AbortController().signal, ...(image === '' ? { kubernetesVersion: '1.34' } : { nodeImage: image }) });
process.stdout.write('booted\n');
