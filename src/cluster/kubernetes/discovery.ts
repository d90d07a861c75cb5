import type { ClusterFacts, ServedApi } from '../port.ts';
import type { Caller } from './call.ts';
import { RequestError } from './errors.ts';
import { jsonOf } from './exchange.ts';
import { readResources } from './resources.ts';

const smiGroup = /(^|\.)smi-spec\.io$/;
/** For an aggregated API whose server may be gone: what matters besides is not held up by it. */
const brief = { attemptMs: 5_000, totalMs: 5_000 };

/** The resource types of all groups of the Service Mesh Interface that answer now. */
export async function readServed(caller: Caller): Promise<ServedApi[]> {
  const reply = await caller.call({ method: 'GET', path: '/apis' });
  const { groups } = jsonOf<{ groups: { name: string; versions: { version: string }[] }[] }>(reply);
  const smi = groups.filter(({ name }) => smiGroup.test(name)).flatMap(({ name, versions }) => versions.map(({ version }) => ({ group: name, version })));
  return (await Promise.all(smi.map((api) => resourcesOf(caller, api)))).flat();
}

async function resourcesOf(caller: Caller, { group, version }: { group: string; version: string }): Promise<ServedApi[]> {
  try {
    const resources = await readResources(caller, `${group}/${version}`, brief);
    return resources.map(({ kind, name, namespaced }) => ({ group, version, kind, plural: name, namespaced }));
  } catch (error) {
    if (error instanceof RequestError && isNotServing(error)) return [];
    throw error;
  }
}

/** The API server answered for `/apis` a moment ago, so it is the group's own server that is gone, or the group itself. */
function isNotServing(error: RequestError): boolean {
  return error.status === 404 || error.status >= 500 || (error.status === 0 && error.reason === 'ETIMEDOUT');
}

export async function readAbout(caller: Caller, patience?: Parameters<Caller['call']>[1]): Promise<ClusterFacts> {
  const reply = await caller.call({ method: 'GET', path: '/version' }, patience);
  const { gitVersion } = jsonOf<{ gitVersion?: string }>(reply);
  if (gitVersion === undefined) throw new RequestError(reply.status, 'NotKubernetes', `${reply.call}: the answer names no version of Kubernetes`);
  return { kubernetesVersion: gitVersion, server: caller.connection.server };
}
