import { type KubeObject, refOf } from '../../cluster/port.ts';
import { pollDelays } from '../../cluster/poll.ts';
import { lanePods, podState } from '../../fixture/ready.ts';
import type { Named, Observation } from '../../model/assertion.ts';
import { ConformanceError } from '../../model/errors.ts';
import type { StepObservation } from '../../model/observation.ts';
import { apiGroups, type SmiKind, type Specification, specificationOf, type Version } from '../../model/specification.ts';
import { definitionName, kindNames, sameMeaning, sameMeaningElsewhere } from '../../smi/index.ts';
import { pause, type RunContext } from '../context.ts';
import { CannotExpress, keyOf, rendered, type Workspace, type WrittenObject } from '../workspace.ts';

type Observed = Extract<StepObservation, { verb: 'observe' }>;

/** `observe`: looks at an object of the API server, or at the lane itself, until what is asked for is so or its time is up. */
export async function observeStep(observation: Observation, version: Version, workspace: Workspace | undefined, context: RunContext): Promise<StepObservation> {
  if ('definition' in observation) return within(context.patience.profile.requestMs, context, () => definition(observation.definition, version, context));
  if (workspace === undefined) throw new ConformanceError('BAD_ASSERTION', 'an assertion without a fixture can observe definitions only');
  if ('ready' in observation) return ready(workspace, context);
  if ('stored' in observation) return within(context.patience.profile.requestMs, context, () => stored(observation.stored, workspace, context));
  if ('everyVersion' in observation) return everyVersion(observation.everyVersion, workspace, context);
  if ('warned' in observation) return within(context.patience.deadlineMs(), context, () => warned(observation.warned, workspace, context));
  return within(context.patience.profile.deleteMs / 2, context, () => absent(observation.absent, workspace, context));
}

async function within(limitMs: number, context: RunContext, once: () => Promise<Observed>): Promise<Observed> {
  const deadline = context.now() + limitMs;
  for (const delay of pollDelays()) {
    const observed = await once();
    if (observed.holds || context.now() > deadline) return observed;
    await pause(delay, context.signal);
  }
  throw new TypeError('unreachable: polling has no end of its own');
}

interface Definition {
  scope?: string;
  names?: { kind?: string; plural?: string; singular?: string; shortNames?: string[] };
  versions?: { name: string; served: boolean }[];
}

async function definition(kind: SmiKind, version: Version, context: RunContext): Promise<Observed> {
  const names = kindNames[kind];
  const group = apiGroups[specificationOf[kind]];
  const expected = `${definitionName(kind)} is established, namespaced, named ${kind}/${names.plural}/${names.singular}, and serves ${version}`;
  const object = await context.cluster.get({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name: definitionName(kind) });
  const discovered = (await context.cluster.served()).some((api) => api.group === group && api.version === version && api.kind === kind && api.namespaced);
  const found = object === undefined ? ['it is not there'] : flaws(object, version, kind, names);
  if (!discovered) found.push(`discovery does not list ${group}/${version} ${kind}`);
  return { verb: 'observe', subject: `definition ${definitionName(kind)}`, holds: found.length === 0, expected, seen: found.length === 0 ? 'it is so' : found.join('; ') };
}

function flaws(object: KubeObject, version: Version, kind: SmiKind, expected: { plural: string; singular: string }): string[] {
  const spec = (object['spec'] ?? {}) as Definition;
  const conditions = ((object['status'] ?? {}) as { conditions?: { type: string; status: string }[] }).conditions ?? [];
  const served = spec.versions?.find(({ name }) => name === version);
  return [
    ...(conditions.some(({ type, status }) => type === 'Established' && status === 'True') ? [] : ['it is not established']),
    ...(spec.scope === 'Namespaced' ? [] : [`its scope is ${spec.scope}`]),
    ...(spec.names?.kind === kind && spec.names.plural === expected.plural && (spec.names.singular ?? expected.singular) === expected.singular ? [] : [`its names are ${JSON.stringify(spec.names)}`]),
    ...(served === undefined ? [`it lists no ${version}`] : served.served ? [] : [`it does not serve ${version}`]),
  ];
}

async function stored(named: Named, workspace: Workspace, context: RunContext): Promise<Observed> {
  const entry = workspace.written.get(keyOf(named, workspace));
  if (entry === undefined) throw new ConformanceError('BAD_ASSERTION', `${named.kind} ${named.name} was never applied, so it cannot be compared`);
  const subject = `${named.kind} ${named.name}`;
  const expected = `${subject} reads back as it was written, in ${entry.object.apiVersion}`;
  const object = await context.cluster.get(refOf(entry.object));
  if (object === undefined) return { verb: 'observe', subject, holds: false, expected, seen: 'it is not there' };
  const comparison = sameMeaning(entry.object, object);
  return { verb: 'observe', subject, holds: comparison.same, expected, seen: comparison.same ? 'it is so' : comparison.difference };
}

/** The object as it reads in the other versions that the cluster serves of its kind, against what each can say of it. */
async function everyVersion(named: Named, workspace: Workspace, context: RunContext): Promise<Observed> {
  const entry = workspace.written.get(keyOf(named, workspace));
  if (entry === undefined) throw new ConformanceError('BAD_ASSERTION', `${named.kind} ${named.name} was never applied, so it cannot be compared`);
  const specification = specificationOf[named.kind];
  const served = (await context.cluster.served()).filter(({ group, kind }) => group === apiGroups[specification] && kind === named.kind).map(({ version }) => version as Version);
  const others = served.filter((version) => version !== workspace.versions[specification]);
  if (others.length === 0) throw new CannotExpress(`the cluster serves one version of ${named.kind} only, so there is none to read it in`);
  const found = await Promise.all(others.map(async (version) => readIn(version, specification, entry, workspace, context)));
  const troubles = found.flatMap((one) => (one === undefined ? [] : [one]));
  const subject = `${named.kind} ${named.name}`;
  const expected = `${subject}, written in ${entry.object.apiVersion}, reads with the same meaning in ${others.join(', ')}`;
  return { verb: 'observe', subject, holds: troubles.length === 0, expected, seen: troubles.length === 0 ? 'it is so' : troubles.join('; ') };
}

async function readIn(version: Version, specification: Specification, { resource, object: { metadata, ...object } }: WrittenObject, workspace: Workspace, context: RunContext): Promise<string | undefined> {
  const wanted = rendered(resource, { lane: workspace.lane, versions: { ...workspace.versions, [specification]: version } }, context);
  const read = await context.cluster.get(refOf({ ...object, metadata, apiVersion: wanted.apiVersion }));
  if (read === undefined) return `${version}: it is not there`;
  const comparison = sameMeaningElsewhere(wanted, read);
  return comparison.same ? undefined : `${version}: ${comparison.difference}`;
}

/** Events are the cluster's way to tell the owner of an object that something is wrong with it; a refusal tells it even earlier. */
async function warned(named: Named, workspace: Workspace, context: RunContext): Promise<Observed> {
  const subject = `${named.kind} ${named.name}`;
  const expected = `an Event of type Warning regards ${subject}, unless it was refused`;
  const refusal = workspace.refused.get(keyOf(named, workspace));
  if (refusal !== undefined) return { verb: 'observe', subject, holds: true, expected, seen: `it was refused: ${refusal}` };
  const entry = workspace.written.get(keyOf(named, workspace));
  if (entry === undefined) throw new ConformanceError('BAD_ASSERTION', `${named.kind} ${named.name} was never applied, so nobody can warn of it`);
  const { name, namespace = '' } = entry.object.metadata;
  const [object, events] = await Promise.all([context.cluster.get(refOf(entry.object)), context.cluster.list({ apiVersion: 'v1', kind: 'Event', namespace })]);
  const about = events.filter((event) => {
    const regarded = (event['involvedObject'] ?? {}) as { kind?: string; name?: string; uid?: string };
    // An object of the same name may have been warned of before this one was written.
    const isThis = regarded.uid === undefined || regarded.uid === object?.metadata.uid;
    return regarded.kind === named.kind && regarded.name === name && isThis && event['type'] === 'Warning';
  });
  const seen = about.length === 0 ? 'there is none' : about.map((event) => String(event['message'])).join('; ');
  return { verb: 'observe', subject, holds: about.length > 0, expected, seen };
}

async function absent(named: Named, workspace: Workspace, context: RunContext): Promise<Observed> {
  const entry = workspace.written.get(keyOf(named, workspace));
  if (entry === undefined) throw new ConformanceError('BAD_ASSERTION', `${named.kind} ${named.name} was never applied, so its absence says nothing`);
  const object = await context.cluster.get(refOf(entry.object));
  const finalizers = object?.metadata.finalizers ?? [];
  const seen = object === undefined ? 'it is gone' : `it is still there${finalizers.length > 0 ? `, held by ${finalizers.join(', ')}` : ''}`;
  return { verb: 'observe', subject: `${named.kind} ${named.name}`, holds: object === undefined, expected: 'the API server no longer has it', seen };
}

async function ready(workspace: Workspace, context: RunContext): Promise<Observed> {
  const { lane } = workspace;
  const used = new Set([...lane.probes.values()].map(({ pod }) => pod.namespace));
  const pods = await lanePods(context.cluster, used, lane.name);
  const enrolled = new Set(lane.fixture.namespaces.filter((namespace) => namespace.enrolled).map(({ name }) => lane.namespaces.get(name)));
  const states = pods.map((pod) => podState(pod, enrolled.has(pod.metadata.namespace) ? context.mesh.enrolment.sidecar : undefined));
  await Promise.all([...lane.probes.values()].map(async ({ client }) => client.hello()));
  const count = states.filter(({ is }) => is === 'ready').length;
  return {
    verb: 'observe',
    subject: `the ${lane.fixture.name} fixture`,
    holds: count === lane.probes.size && count === states.length,
    expected: `all ${lane.probes.size} pods are ready, answer, and have joined the mesh`,
    seen: `${count} of ${states.length} pods are ready; every probe answers`,
  };
}
