import { randomBytes } from 'node:crypto';
import { type Cluster, type KubeObject, type ListQuery, type ObjectRef, refOf } from '../port.ts';
import type { Caller, Send } from './call.ts';
import { RequestError } from './errors.ts';
import { jsonOf } from './exchange.ts';
import type { Resources } from './resources.ts';

type Objects = Pick<Cluster, 'get' | 'list' | 'create' | 'replace' | 'delete'>;

const pageSize = 500;
const fieldManager = 'smi-conformance';
/** Has the server end a call to a webhook itself, shortly before we would give up: then we know how it ended. */
const serverTimeout = '9s';

/** Reading and writing objects of any kind. */
export function createObjects(caller: Caller, resources: Resources): Objects {
  async function read(send: Send, ref: ObjectRef): Promise<KubeObject | undefined> {
    try {
      const path = await resources.pathOf(ref);
      return jsonOf<KubeObject>(await send({ method: 'GET', path }));
    } catch (error) {
      if (!isNotFound(error)) throw error;
      forgetKindOf(ref.apiVersion, error);
      return undefined;
    }
  }

  /** The server knows no such path: the kind's definition may have been removed since. */
  function forgetKindOf(apiVersion: string, error: RequestError): void {
    if (error.object === undefined) resources.forget(apiVersion);
  }

  const get = (ref: ObjectRef) => caller.persist((send) => read(send, ref));

  async function list(query: ListQuery): Promise<KubeObject[]> {
    const path = await resources.pathOf(query, 'any');
    try {
      return await allPages(path, query, pageSize);
    } catch (error) {
      // The server compacted its history between two pages: in one piece it cannot.
      if (error instanceof RequestError && error.status === 410) return allPages(path, query, undefined);
      if (isNotFound(error)) forgetKindOf(query.apiVersion, error);
      throw error;
    }
  }

  async function allPages(path: string, { apiVersion, kind, labels = {} }: ListQuery, limit: number | undefined): Promise<KubeObject[]> {
    const labelSelector = Object.entries(labels).map(([key, value]) => `${key}=${value}`).join(',') || undefined;
    const objects: KubeObject[] = [];
    let position: string | undefined;
    do {
      const reply = await caller.call({ method: 'GET', path, query: { limit, labelSelector, continue: position } });
      const page = jsonOf<{ items?: KubeObject[] | null; metadata?: { continue?: string } }>(reply);
      // Items of built-in lists come without their type.
      objects.push(...(page.items ?? []).map((item) => ({ ...item, apiVersion, kind })));
      position = page.metadata?.continue || undefined;
    } while (position !== undefined);
    return objects;
  }

  async function create(object: KubeObject, options: { dryRun?: boolean } = {}): Promise<KubeObject> {
    const { name, ...place } = refOf(object);
    // The server records who wrote an object. A name used for this one call proves, if its answer is lost, whose the stored object is.
    const author = `${fieldManager}-${randomBytes(8).toString('hex')}`;
    const query = { fieldManager: author, timeout: serverTimeout, dryRun: options.dryRun ? 'All' : undefined };
    return caller.persist(async (send, again) => {
      try {
        const path = await resources.pathOf(place);
        return jsonOf<KubeObject>(await send({ method: 'POST', path, query, body: object }));
      } catch (error) {
        if (isNotFound(error)) forgetKindOf(object.apiVersion, error);
        if (!again || !(error instanceof RequestError) || error.reason !== 'AlreadyExists') throw error;
        const stored = await read(send, { ...place, name });
        if (stored && isWrittenBy(stored, author)) return stored;
        throw error;
      }
    });
  }

  async function replace(object: KubeObject): Promise<KubeObject> {
    const ref = refOf(object);
    const query = { fieldManager, timeout: serverTimeout };
    return caller.persist(async (send) => {
      const resourceVersion = object.metadata.resourceVersion ?? (await read(send, ref))?.metadata.resourceVersion;
      if (resourceVersion === undefined) throw new RequestError(404, 'NotFound', `There is no ${ref.kind} ${ref.namespace ? `${ref.namespace}/` : ''}${ref.name} to replace.`, { judged: true });
      const body = { ...object, metadata: { ...object.metadata, resourceVersion } };
      try {
        return jsonOf<KubeObject>(await send({ method: 'PUT', path: await resources.pathOf(ref), query, body }));
      } catch (error) {
        // Somebody wrote in between, or our own answer was lost: whoever names no version wants to win.
        if (object.metadata.resourceVersion === undefined && error instanceof RequestError && error.reason === 'Conflict') {
          throw new RequestError(409, 'Conflict', error.message, { transient: true, judged: true, cause: error });
        }
        throw error;
      }
    });
  }

  async function remove(ref: ObjectRef, { graceSeconds }: { graceSeconds?: number } = {}): Promise<void> {
    const body = { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background', ...(graceSeconds !== undefined && { gracePeriodSeconds: graceSeconds }) };
    await caller.persist(async (send) => {
      try {
        await send({ method: 'DELETE', path: await resources.pathOf(ref), body });
      } catch (error) {
        if (isNotFound(error)) return;
        // A namespace on its way out answers 409 to whoever deletes it again.
        if (error instanceof RequestError && error.status === 409 && (await read(send, ref))?.metadata.deletionTimestamp !== undefined) return;
        throw error;
      }
    });
  }

  return { get, list, create, replace, delete: remove };
}

function isNotFound(error: unknown): error is RequestError {
  return error instanceof RequestError && error.isAbsence;
}

function isWrittenBy(stored: KubeObject, author: string): boolean {
  const { managedFields } = stored.metadata as { managedFields?: { manager?: string }[] };
  return managedFields?.some(({ manager }) => manager === author) ?? false;
}
