import { version } from '../../door/version.ts';
import { isReady } from '../../reference/pods/index.ts';
import type { Store } from '../../reference/store/index.ts';
import type { KubeObject } from '../port.ts';

/** The image that the reference mesh is said to run. It is part of this program: there is none to pull, so it has no digest. */
export const meshImage = `smi-reference-mesh:${version}`;

const namespace = 'smi-reference';
const name = 'smi-reference-mesh';

/** Installs the objects by which the reference mesh is found, as a real mesh's are: a pod with its labels and its version. Resolves when that is ready. */
export async function installMesh(store: Store): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const unsubscribe = store.onChange(({ object }) => {
    if (object.kind === 'Pod' && object.metadata.namespace === namespace && isReady(object)) resolve();
  });
  for (const object of meshObjects()) store.create(object);
  await promise;
  unsubscribe();
}

function meshObjects(): KubeObject[] {
  const labels = { app: name, 'app.kubernetes.io/version': version };
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace, labels },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: name } },
        template: { metadata: { labels }, spec: { serviceAccountName: name, containers: [{ name: 'mesh', image: meshImage }] } },
      },
    },
  ];
}
