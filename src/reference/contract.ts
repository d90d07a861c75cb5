import type { KubeObject } from '../cluster/port.ts';
import type { ProbeNetwork } from '../probe/network.ts';

/** What the network and the data plane may read of the store. Objects are as they are stored: in the API version that they were written in. */
export interface StoreView {
  /** All objects of a kind, in one namespace or in all; never to be changed by the reader. */
  list(kind: string, namespace?: string): readonly KubeObject[];
  get(kind: string, namespace: string | undefined, name: string): KubeObject | undefined;
  /** Calls back after each change, in order; returns the way to stop. */
  onChange(listener: (change: { type: 'added' | 'changed' | 'removed'; object: KubeObject }) => void): () => void;
}

/** A pod as the network needs it. `meshed` is decided when the pod starts, as an injector would. */
export interface PodFacts {
  namespace: string;
  name: string;
  serviceAccount: string;
  labels: Record<string, string>;
  meshed: boolean;
}

/** One pod's connection to the network of the reference cluster: what its probe is started with. */
export interface PodNetwork extends ProbeNetwork {
  /** The pod's address, unique in the cluster. It is a name of the reference network, not of the machine. */
  readonly ip: string;
  /** The machine's port on 127.0.0.1 at which a `loopback` listener of this pod really listens: for port-forwards. */
  loopbackPort(port: number): number | undefined;
  /** Closes every listener and every connection of the pod. */
  close(): Promise<void>;
}

/** The reference cluster's network with its mesh: side proxies on real loopback sockets. Built by `createNetwork(store, decisions)` in `network/`. */
export interface ReferenceNetwork {
  attach(pod: PodFacts): PodNetwork;
  close(): Promise<void>;
}
