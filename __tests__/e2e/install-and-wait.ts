import { join } from 'node:path';
import { openKubernetes } from '../../src/cluster/kubernetes/index.ts';
import { openJournal } from '../../src/journal/index.ts';
import { loadDefinition, loadDefinitions } from '../../src/mesh/index.ts';
import { installMesh } from '../../src/mesh/install/index.ts';

/** A run that installs a mesh, in a process of its own that can be killed: state folder, run id, kubeconfig, definition, folder. */
const [state = '', runId = '', kubeconfig = '', file = '', directory = ''] = process.argv.slice(2);
const cluster = await openKubernetes({ kubeconfig });
const known = await loadDefinitions(join(import.meta.dirname, '../../meshes'));
const { server } = await cluster.about();
await installMesh({ definition: await loadDefinition(file, known), cluster, kubeconfig, runId, directory, journal: openJournal(state, { id: runId, server, kubeconfig }), log: (line) => process.stderr.write(`${line}\n`), signal: new AbortController().signal });
process.stdout.write('installed\n');
