import { ConformanceError, messageOf } from '../model/errors.ts';
import { smiKinds } from '../model/specification.ts';
import type { Cluster, ServedApi } from './port.ts';

/** What a run does to one resource type. */
interface Need {
  group: string;
  resource: string;
  verbs: string[];
}

/** `get` stands wherever something is created: when an answer is lost on the way, the object itself shows whether it was stored. */
const always: Need[] = [
  { group: '', resource: 'namespaces', verbs: ['create', 'get', 'list', 'delete'] },
  { group: '', resource: 'configmaps', verbs: ['create', 'get', 'delete'] },
  { group: '', resource: 'serviceaccounts', verbs: ['create', 'get', 'delete'] },
  { group: '', resource: 'services', verbs: ['create', 'get', 'list', 'delete'] },
  { group: 'apps', resource: 'deployments', verbs: ['create', 'get', 'update', 'delete'] },
  { group: '', resource: 'pods', verbs: ['get', 'list', 'delete'] },
  // Over WebSocket a forward is a GET, which servers before 1.35 take for `get` alone; later ones also ask for `create`.
  { group: '', resource: 'pods/portforward', verbs: ['get', 'create'] },
  { group: 'apiextensions.k8s.io', resource: 'customresourcedefinitions', verbs: ['get'] },
];
const ofEachSmiKind = ['create', 'get', 'update', 'delete'];

/** Asks whether the caller may do all that a run does, before anything is created. Rejects with FORBIDDEN, which names every verb that is missing. */
export async function requirePermissions(cluster: Cluster): Promise<void> {
  const needs = [...always, ...smiNeeds(await cluster.served())];
  const missing = (await Promise.all(needs.map((need) => missingOf(need, cluster)))).filter(({ verbs }) => verbs.length > 0);
  if (missing.length === 0) return;
  const { server } = await cluster.about();
  const may = missing.map(({ group, resource, verbs }) => `${verbs.join(', ')} ${resource}${group === '' ? '' : `.${group}`}`).join('; ');
  throw new ConformanceError('FORBIDDEN', `The account of the kubeconfig may not do what a run needs at ${server}: ${may}. Bind it to a ClusterRole with rules: ${rulesOf(missing)}`);
}

function smiNeeds(served: ServedApi[]): Need[] {
  const ours = served.filter(({ kind }) => smiKinds.some((known) => known === kind));
  const resources = new Map(ours.map(({ group, plural }) => [`${plural}.${group}`, { group, resource: plural, verbs: ofEachSmiKind }]));
  return [...resources.values()];
}

async function missingOf(need: Need, cluster: Cluster): Promise<Need> {
  const answers = await Promise.all(need.verbs.map(async (verb) => ({ verb, may: await ask(verb, need, cluster) })));
  return { ...need, verbs: answers.filter(({ may }) => !may).map(({ verb }) => verb) };
}

async function ask(verb: string, { group, resource }: Need, cluster: Cluster): Promise<boolean> {
  try {
    return await cluster.mayI(verb, group, resource);
  } catch (error) {
    if ((error as { status?: unknown }).status !== 403) throw error;
    throw new ConformanceError('FORBIDDEN', `The account of the kubeconfig may not even ask what it may do: ${messageOf(error)}. Bind it to the ClusterRole system:basic-user.`, { cause: error });
  }
}

/** The rules of a ClusterRole, as YAML in one line. */
function rulesOf(needs: Need[]): string {
  const quoted = (values: string[]): string => `[${values.map((value) => JSON.stringify(value)).join(', ')}]`;
  return `[${needs.map(({ group, resource, verbs }) => `{apiGroups: ${quoted([group])}, resources: ${quoted([resource])}, verbs: ${quoted(verbs)}}`).join(', ')}]`;
}
