import { type Cluster, refOf } from '../cluster/port.ts';
import type { Journal } from '../journal/index.ts';

/** The same cluster, with every creation written to the journal before it is sent. */
export function journaled(cluster: Cluster, journal: Journal): Cluster {
  return {
    kind: cluster.kind,
    about: () => cluster.about(),
    served: () => cluster.served(),
    get: (ref) => cluster.get(ref),
    list: (query) => cluster.list(query),
    read: (path, options) => cluster.read(path, options),
    create: (object, options) => {
      if (options?.dryRun !== true) journal.willCreate(refOf(object));
      return cluster.create(object, options);
    },
    replace: (object) => cluster.replace(object),
    delete: (ref, options) => cluster.delete(ref, options),
    forward: (pod, port) => cluster.forward(pod, port),
    logs: (pod, container, tailLines, options) => cluster.logs(pod, container, tailLines, options),
    mayI: (verb, group, resource) => cluster.mayI(verb, group, resource),
    until: (signal, graceMs) => journaled(cluster.until(signal, graceMs), journal),
    close: () => cluster.close(),
  };
}
