import type { Server, Socket } from 'node:net';

/**
 * The network as a probe sees it: the pod's own, or the reference cluster's. It is the only thing that differs between
 * a probe in a pod and one on the embedded cluster.
 */
export interface ProbeNetwork {
  /** Starts a TCP connection to a host (name or address) and port, as this pod; the socket emits `connect` or `error` as `net.connect` does. */
  connect(host: string, port: number): Socket;
  /** Has the server listen at a port of this pod. `loopback` keeps it from all but the pod itself (the control port). */
  listen(server: Server, port: number, options?: { loopback?: boolean }): Promise<void>;
  /** Sends one datagram from a socket of its own and resolves with the answer; rejects after the time-out, or with the error. */
  ask(host: string, port: number, payload: Buffer, timeoutMs: number): Promise<Buffer>;
  /** Answers each datagram that arrives at a port of this pod. */
  answer(port: number, reply: (payload: Buffer) => Buffer): Promise<{ close(): void }>;
}
