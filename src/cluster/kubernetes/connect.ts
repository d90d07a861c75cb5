import { ConformanceError } from '../../model/errors.ts';
import type { Cluster } from '../port.ts';
import { mayI } from './access.ts';
import { createCaller, type Caller, type Patience } from './call.ts';
import type { Connection } from './connection.ts';
import { readAbout, readServed } from './discovery.ts';
import { RequestError } from './errors.ts';
import { openForward } from './forward.ts';
import { createObjects } from './objects.ts';
import { readPath } from './read.ts';
import { createResources } from './resources.ts';

/** A cluster that does not answer at once is asked again for a moment only: whoever waits at the terminal wants to know. */
const onConnecting = { attemptMs: 8_000, totalMs: 3_000, lostMs: 1_500 };

/** The port on a connection, once the server has answered. Rejects with `ConformanceError` UNREACHABLE or FORBIDDEN, and with CANCELLED when the signal is aborted meanwhile. */
export async function connect(connection: Connection, patience?: Patience, connecting: Partial<Patience> = onConnecting, signal?: AbortSignal): Promise<Cluster> {
  const caller = createCaller(connection, patience);
  try {
    await readAbout(signal === undefined ? caller : caller.until({ signal, graceMs: 0 }), connecting);
  } catch (error) {
    caller.close();
    throw unconnected(connection, error);
  }
  return clusterOf(caller);
}

function clusterOf(caller: Caller): Cluster {
  return {
    kind: 'kubernetes',
    ...createObjects(caller, createResources(caller)),
    about: () => readAbout(caller),
    served: () => readServed(caller),
    read: (path, options) => readPath(caller, path, options),
    forward: (pod, port) => openForward(caller, pod, port),
    async logs({ namespace, name }, container, tailLines, { previous = false } = {}) {
      const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}/log`;
      return (await caller.call({ method: 'GET', path, query: { container, tailLines, previous: previous ? 'true' : undefined } })).text;
    },
    mayI: (verb, group, resource) => mayI(caller, verb, group, resource),
    until: (signal, graceMs = 0) => clusterOf(caller.until({ signal, graceMs })),
    async close() {
      caller.close();
    },
  };
}

function unconnected({ server, source }: Connection, error: unknown): unknown {
  if (!(error instanceof RequestError)) return error;
  if (error.status === 401 || error.status === 403) {
    return new ConformanceError('FORBIDDEN', `The API server ${server} does not accept the credentials of ${source}: ${error.message}. Log in anew, or give another kubeconfig by the input \`kubeconfig\`.`, { cause: error });
  }
  const reason = error.message.replace(/^GET \/version: /, '');
  const what = error.status === 0 ? `does not answer: ${reason}. Check that it runs and that this machine reaches it` : `cannot be used: what answers at ${server} is not a working API server: ${reason}. Check the server's address`;
  return new ConformanceError('UNREACHABLE', `The cluster of ${source} ${what}, or give another kubeconfig by the input \`kubeconfig\`.`, { cause: error });
}
