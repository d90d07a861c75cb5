import { isIP } from 'node:net';
import type { DataPlane, Service, Transport } from '../dataplane/index.ts';
import type { AttachedPod } from './attached-pod.ts';
import { networkError } from './errors.ts';
import type { Destination } from './flows.ts';

/** What it takes to find a host. */
export interface Directory {
  plane: DataPlane;
  podAt: (ip: string) => AttachedPod | undefined;
}

/**
 * Where a call of a pod goes, as its resolver and routes say: names of Services, short ones in the pod's namespace, addresses of
 * Services and pods; `self` for the pod's own loopback. An error, not thrown, where there is no such host or port.
 */
export function locate(from: AttachedPod, host: string, port: number, transport: Transport, { plane, podAt }: Directory): Destination | 'self' | Error {
  if (isLoopback(host)) return 'self';
  const pod = podAt(host);
  if (pod !== undefined) return { pod, port };
  const service = isIP(host) === 0 ? named(host, from.facts.namespace, plane) : plane.serviceAt(host);
  if (service === undefined) return isIP(host) === 0 ? networkError('ENOTFOUND', 'getaddrinfo', host, port) : networkError('EHOSTUNREACH', 'connect', host, port);
  const called = plane.portOf(service, port, transport);
  return called === undefined ? networkError('ECONNREFUSED', 'connect', host, port) : { service, called, host };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

const suffixes = ['', 'svc', 'svc.cluster.local'];

function named(host: string, home: string, plane: DataPlane): Service | undefined {
  const [name = '', namespace = home, ...suffix] = host.toLowerCase().replace(/\.$/, '').split('.');
  return suffixes.includes(suffix.join('.')) ? plane.service(namespace, name) : undefined;
}
