import type { ObjectRef } from '../port.ts';
import type { Caller } from './call.ts';
import { RequestError } from './errors.ts';
import { jsonOf } from './exchange.ts';

/** A resource type as discovery lists it. */
export interface ApiResource {
  name: string;
  kind: string;
  namespaced: boolean;
}

/** Finds under which path the objects of a kind live. */
export interface Resources {
  /** Path of one object, or, without a name, of the collection. Rejects with status 404 for a kind that the server does not know. */
  pathOf(ref: Omit<ObjectRef, 'name'> & { name?: string }, scope?: 'one-namespace' | 'any'): Promise<string>;
  /** Has discovery of an API version read again at its next use: what it said may have been removed. */
  forget(apiVersion: string): void;
}

/** Keeps what discovery says by API version; a kind that is not in it is looked for anew each time, since definitions come and go during a run. */
export function createResources(caller: Caller): Resources {
  const known = new Map<string, Promise<ApiResource[]>>();

  async function resourceOf(apiVersion: string, kind: string): Promise<ApiResource> {
    const kept = known.get(apiVersion);
    const found = kept && (await kept).find((resource) => resource.kind === kind);
    if (found) return found;
    const fresh = (await ask(apiVersion, kept)).find((resource) => resource.kind === kind);
    if (!fresh) throw new RequestError(404, 'NotFound', `The API server does not know the kind ${kind} of ${apiVersion}.`, { judged: true });
    return fresh;
  }

  /** Calls that miss at the same time share one question. `stale` is the list that was found wanting. */
  async function ask(apiVersion: string, stale: Promise<ApiResource[]> | undefined): Promise<ApiResource[]> {
    let answer = known.get(apiVersion);
    if (answer === undefined || answer === stale) {
      answer = readResources(caller, apiVersion);
      known.set(apiVersion, answer);
    }
    try {
      return await answer;
    } catch (error) {
      if (known.get(apiVersion) === answer) known.delete(apiVersion);
      if (error instanceof RequestError && error.isAbsence) return [];
      throw error;
    }
  }

  return {
    async pathOf({ apiVersion, kind, namespace, name }, scope = 'one-namespace') {
      const resource = await resourceOf(apiVersion, kind);
      if (resource.namespaced && namespace === undefined && scope === 'one-namespace') {
        throw new RequestError(400, 'BadRequest', `${kind} ${name ?? ''} has no namespace, but objects of that kind live in one.`);
      }
      const within = resource.namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : '';
      return `${rootOf(apiVersion)}${within}/${resource.name}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;
    },
    forget: (apiVersion) => void known.delete(apiVersion),
  };
}

/** The resource types of one API version, without subresources. */
export async function readResources(caller: Caller, apiVersion: string, patience?: Parameters<Caller['call']>[1]): Promise<ApiResource[]> {
  const reply = await caller.call({ method: 'GET', path: rootOf(apiVersion) }, patience);
  const { resources = [] } = jsonOf<{ resources?: ApiResource[] }>(reply);
  return resources.filter(({ name }) => !name.includes('/'));
}

function rootOf(apiVersion: string): string {
  return `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}`;
}
