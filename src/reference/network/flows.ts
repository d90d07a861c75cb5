import type { Service, ServicePort } from '../dataplane/index.ts';
import type { AttachedPod } from './attached-pod.ts';

/** Where a connection or datagram was sent. */
export type Destination =
  | { service: Service; called: ServicePort }
  | { pod: AttachedPod; port: number };

/** One connection, or the datagrams of one socket, of a pod. */
export interface Flow {
  caller: AttachedPod;
  to: Destination;
  /** What the called Service declares to be spoken, where it was called by a Service. */
  http: boolean;
}

/**
 * Whose socket has which source port: what a kernel's table of connections is to a side proxy. Nothing that is said on a
 * connection can change what is known of it here.
 */
export interface Flows {
  /** Keeps a flow until the returned function is called. */
  add(sourcePort: number, flow: Flow): () => void;
  of(sourcePort: number | undefined): Flow | undefined;
}

export function createFlows(): Flows {
  const byPort = new Map<number, Flow>();
  return {
    add(sourcePort, flow) {
      byPort.set(sourcePort, flow);
      return () => {
        // The system may have given the port to another socket since.
        if (byPort.get(sourcePort) === flow) byPort.delete(sourcePort);
      };
    },
    of: (sourcePort) => (sourcePort === undefined ? undefined : byPort.get(sourcePort)),
  };
}
