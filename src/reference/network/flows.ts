import type { Service, ServicePort } from '../dataplane/index.ts';
import type { AttachedPod } from './attached-pod.ts';

/** Where a connection or datagram was sent. */
export type Destination =
  /** `host` is what was dialled. */
  | { service: Service; called: ServicePort; host: string }
  /** `chosen` where a Service was called and this is the pod of it that was taken. */
  | { pod: AttachedPod; port: number; chosen?: true };

/** One connection, or the datagrams of one socket, of a pod. */
export interface Flow {
  caller: AttachedPod;
  to: Destination;
  /** What the called Service declares to be spoken, where it was called by a Service. */
  http: boolean;
}

/** The two ports of a connection over the machine's loopback. A source port alone says nothing: connections to different ports may share one. */
export interface PortPair {
  source: number | undefined;
  target: number | undefined;
}

/**
 * Whose connection runs between which ports: what a kernel's table of connections is to a side proxy. Nothing that is said on a
 * connection can change what is known of it here.
 */
export interface Flows {
  /** Keeps a flow until the returned function is called. */
  add(ports: PortPair, flow: Flow): () => void;
  of(ports: PortPair): Flow | undefined;
}

export function createFlows(): Flows {
  const byPorts = new Map<string, Flow>();
  const keyOf = ({ source, target }: PortPair): string => `${source}>${target}`;
  return {
    add(ports, flow) {
      const key = keyOf(ports);
      byPorts.set(key, flow);
      return () => {
        // The system may have given both ports to another connection since.
        if (byPorts.get(key) === flow) byPorts.delete(key);
      };
    },
    of: (ports) => byPorts.get(keyOf(ports)),
  };
}
