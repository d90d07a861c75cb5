import type { KubeObject } from '../../src/cluster/port.ts';
import type { Seen } from './api-server.ts';

export interface Store {
  /** By `apiVersion/plural/namespace/name`. */
  objects: Map<string, KubeObject>;
  /** Resource types by API version; tests add and remove them. */
  types: Map<string, Resource[]>;
  forbidden: Set<string>;
  answer(seen: Seen): { status: number; body: unknown };
}

export interface Resource {
  name: string;
  kind: string;
  namespaced: boolean;
}

/** An answer that is not success, as the API server words it. */
export class Failure extends Error {
  readonly status: number;
  readonly plain: boolean;
  readonly body: string;
  constructor(status: number, reason: string, message: string, details: object = {}) {
    super(message);
    this.status = status;
    this.plain = reason === '';
    this.body = this.plain ? message : JSON.stringify({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, details, code: status });
  }
}

const resource = (name: string, kind: string, namespaced = true): Resource => ({ name, kind, namespaced });

export function createStore(forbidden: Set<string>): Store {
  const objects = new Map<string, KubeObject>();
  const types = new Map<string, Resource[]>([
    ['v1', [resource('namespaces', 'Namespace', false), resource('namespaces/status', 'Namespace', false), resource('configmaps', 'ConfigMap'), resource('events', 'Event'), resource('pods', 'Pod'), resource('pods/log', 'Pod'), resource('services', 'Service')]],
    ['apps/v1', [resource('deployments', 'Deployment')]],
    ['split.smi-spec.io/v1alpha2', [resource('trafficsplits', 'TrafficSplit')]],
    ['split.smi-spec.io/v1alpha4', [resource('trafficsplits', 'TrafficSplit')]],
    ['notsmi-spec.io/v1', [resource('others', 'Other')]],
  ]);
  let version = 100;
  return { objects, types, forbidden, answer };

  function answer(seen: Seen): { status: number; body: unknown } {
    if (seen.path === '/version') return ok({ major: '1', minor: '34', gitVersion: 'v1.34.4' });
    if (seen.path === '/apis') return ok({ kind: 'APIGroupList', groups: groupsOf(types) });
    if (seen.path === '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews') return { status: 201, body: review(seen) };
    const at = /^\/(?:api\/(?<core>v1)|apis\/(?<group>[^/]+\/[^/]+))(?:\/namespaces\/(?<namespace>[^/]+)(?=\/))?(?:\/(?<plural>[a-z]+)(?:\/(?<name>[^/]+))?(?:\/(?<sub>[a-z]+))?)?$/.exec(seen.path)?.groups;
    const apiVersion = at?.['core'] ?? at?.['group'] ?? '';
    const known = types.get(apiVersion);
    if (at === undefined || known === undefined) throw new Failure(404, '', '404 page not found\n');
    if (at['plural'] === undefined) return ok({ kind: 'APIResourceList', groupVersion: apiVersion, resources: known });
    const type = known.find(({ name }) => name === at['plural']);
    if (type === undefined || (type.namespaced && seen.method !== 'GET' && at['namespace'] === undefined) || (!type.namespaced && at['namespace'] !== undefined)) {
      throw new Failure(404, 'NotFound', 'the server could not find the requested resource');
    }
    const place: Place = { apiVersion, type, namespace: at['namespace'], name: at['name'] };
    if (at['sub'] === 'log' && type.kind === 'Pod') return log(place, seen);
    if (at['sub'] !== undefined) throw new Failure(404, 'NotFound', 'the server could not find the requested resource');
    const handlers: Record<string, () => { status: number; body: unknown }> = { GET: () => (place.name === undefined ? list(place, seen) : ok(stored(place))), POST: () => create(place, seen), PUT: () => replace(place, seen), DELETE: () => remove(place, seen) };
    const handler = handlers[seen.method];
    if (handler === undefined) throw new Failure(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource');
    return handler();
  }

  function stored(place: Place): KubeObject {
    const found = objects.get(keyOf(place));
    if (found === undefined) throw new Failure(404, 'NotFound', `${place.type.name} "${place.name}" not found`, { name: place.name, kind: place.type.name });
    return found;
  }

  function list({ apiVersion, type, namespace }: Place, { query }: Seen): { status: number; body: unknown } {
    allow(query, ['limit', 'labelSelector', 'continue']);
    const wanted = (query.get('labelSelector') ?? '').split(',').filter((part) => part !== '').map((part) => part.split('='));
    const prefix = `${apiVersion}/${type.name}/${namespace === undefined ? '' : `${namespace}/`}`;
    const all = [...objects].filter(([key]) => key.startsWith(prefix)).map(([, object]) => object).filter(({ metadata }) => wanted.every(([key = '', value]) => metadata.labels?.[key] === value));
    const from = Number(query.get('continue') ?? 0);
    const to = query.has('limit') ? from + Number(query.get('limit')) : all.length;
    // Items of a list come without apiVersion and kind, as those of built-in types do.
    const items = all.slice(from, to).map(({ apiVersion: _, kind: __, ...item }) => item);
    return ok({ apiVersion, kind: `${type.kind}List`, metadata: to < all.length ? { continue: String(to) } : {}, items });
  }

  function create(place: Place, { query, body }: Seen): { status: number; body: unknown } {
    allow(query, ['fieldManager', 'timeout', 'dryRun']);
    if (place.name !== undefined) throw new Failure(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource');
    const object = checked(body, place);
    const key = keyOf({ ...place, name: object.metadata.name });
    if (objects.has(key)) throw new Failure(409, 'AlreadyExists', `${place.type.name} "${object.metadata.name}" already exists`, { name: object.metadata.name });
    if (place.namespace !== undefined && !objects.has(`v1/namespaces/${place.namespace}`)) throw new Failure(404, 'NotFound', `namespaces "${place.namespace}" not found`, { name: place.namespace });
    const made = stamped(object, query);
    if (query.get('dryRun') === null) objects.set(key, made);
    else if (query.get('dryRun') !== 'All') throw new Failure(400, 'BadRequest', 'dryRun: Unsupported value');
    return { status: 201, body: made };
  }

  function replace(place: Place, { query, body }: Seen): { status: number; body: unknown } {
    allow(query, ['fieldManager', 'timeout']);
    const object = checked(body, place);
    const old = stored(place);
    if (object.metadata.resourceVersion === undefined) throw new Failure(422, 'Invalid', 'metadata.resourceVersion: Invalid value: 0: must be specified for an update');
    if (object.metadata.resourceVersion !== old.metadata.resourceVersion) throw new Failure(409, 'Conflict', 'the object has been modified; please apply your changes to the latest version and try again');
    const made = stamped(object, query);
    objects.set(keyOf(place), made);
    return ok(made);
  }

  function remove(place: Place, { query, body }: Seen): { status: number; body: unknown } {
    allow(query, []);
    if ((body as { kind?: unknown } | undefined)?.kind !== 'DeleteOptions') throw new Failure(400, 'BadRequest', 'the body is no DeleteOptions');
    const old = stored(place);
    if (old.metadata.deletionTimestamp !== undefined) throw new Failure(409, 'Conflict', 'Operation cannot be fulfilled on namespaces: The system is ensuring all content is removed from this namespace.', { name: place.name });
    if ((old.metadata.finalizers ?? []).length > 0) old.metadata.deletionTimestamp = '2026-01-01T00:00:00Z';
    else objects.delete(keyOf(place));
    return ok({ kind: 'Status', status: 'Success' });
  }

  function log(place: Place, { query }: Seen): { status: number; body: unknown } {
    allow(query, ['container', 'tailLines', 'previous']);
    stored(place);
    return ok(`the last ${query.get('tailLines')} lines of ${query.get('container')}${query.get('previous') === 'true' ? ' before it was started anew' : ''}\n`);
  }

  function review({ body, method }: Seen): unknown {
    const { spec, kind } = body as { kind?: string; spec?: { resourceAttributes?: { verb: string; group: string; resource: string; subresource?: string } } };
    const asked = spec?.resourceAttributes;
    if (method !== 'POST' || kind !== 'SelfSubjectAccessReview' || asked === undefined || asked.resource.includes('/')) throw new Failure(422, 'Invalid', 'spec.resourceAttributes: Invalid value');
    const what = `${asked.verb} ${asked.group}/${asked.resource}${asked.subresource === undefined ? '' : `/${asked.subresource}`}`;
    return { kind, apiVersion: 'authorization.k8s.io/v1', spec, status: { allowed: !forbidden.has(what) } };
  }

  function stamped(object: KubeObject, query: URLSearchParams): KubeObject {
    version += 1;
    return { ...object, metadata: { ...object.metadata, uid: `uid-${object.metadata.name}`, resourceVersion: String(version), managedFields: [{ manager: query.get('fieldManager') }] } };
  }
}

interface Place {
  apiVersion: string;
  type: Resource;
  namespace: string | undefined;
  name: string | undefined;
}

function keyOf({ apiVersion, type, namespace, name }: Place): string {
  return [apiVersion, type.name, ...(namespace === undefined ? [] : [namespace]), name].join('/');
}

function ok(body: unknown): { status: number; body: unknown } {
  return { status: 200, body };
}

function allow(query: URLSearchParams, names: string[]): void {
  for (const name of query.keys()) if (!names.includes(name)) throw new Failure(400, 'BadRequest', `the parameter ${name} is not known`);
}

function checked(body: unknown, { apiVersion, type, namespace, name }: Place): KubeObject {
  const object = body as KubeObject | undefined;
  if (object?.apiVersion !== apiVersion || object.kind !== type.kind) throw new Failure(400, 'BadRequest', `the object provided is no ${apiVersion} ${type.kind}`);
  if (!object.metadata.name || (name !== undefined && object.metadata.name !== name)) throw new Failure(400, 'BadRequest', 'the name of the object does not match the name on the URL');
  if ((object.metadata.namespace ?? namespace) !== namespace) throw new Failure(400, 'BadRequest', 'the namespace of the provided object does not match the namespace sent on the request');
  if (type.kind === 'TrafficSplit' && typeof (object['spec'] as { service?: unknown } | undefined)?.service !== 'string') throw new Failure(422, 'Invalid', `TrafficSplit.split.smi-spec.io "${object.metadata.name}" is invalid: spec.service: Required value`);
  return object;
}

function groupsOf(types: Map<string, unknown>): unknown[] {
  const groups = Map.groupBy([...types.keys()].filter((version) => version.includes('/')), (version) => version.split('/')[0] ?? '');
  return [...groups].map(([name, versions]) => ({ name, versions: versions.map((groupVersion) => ({ groupVersion, version: groupVersion.split('/')[1] })) }));
}
