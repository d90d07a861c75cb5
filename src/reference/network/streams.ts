import { connect as connectSocket } from 'node:net';
import type { Socket } from 'node:net';
import { applicationAt } from './attached-pod.ts';
import type { AttachedPod } from './attached-pod.ts';
import { failedSocket, networkError } from './errors.ts';
import type { Destination, Flow, Flows } from './flows.ts';
import { locate } from './locate.ts';
import type { Directory } from './locate.ts';
import type { Fabric } from './ruling.ts';

/** What a pod's connections need of the network. */
export interface StreamFabric extends Fabric, Directory {
  flows: Flows;
}

/** Starts a TCP connection of a pod, as `net.connect` does. A meshed pod's goes to its own side proxy, whatever it is for. */
export function connectFrom(pod: AttachedPod, host: string, port: number, fabric: StreamFabric): Socket {
  const found = locate(pod, host, port, 'tcp', fabric);
  if (found instanceof Error) return failedSocket(found);
  const socket = pod.closed ? undefined : start(pod, found, port, fabric);
  return socket ?? failedSocket(networkError('ECONNREFUSED', 'connect', host, port));
}

function start(pod: AttachedPod, to: Destination | 'self', port: number, { plane, podNamed, flows }: StreamFabric): Socket | undefined {
  if (to === 'self') return dial(pod, pod.applications.get(port)?.realPort);
  const http = 'service' in to && to.called.speaks === 'http';
  if (pod.proxy !== undefined) return dial(pod, pod.proxy.port(), flows, { caller: pod, to, http });
  const endpoint = 'service' in to ? plane.plain(to.service, to.called) : undefined;
  const target = 'pod' in to ? to.pod : endpoint && podNamed(endpoint.namespace, endpoint.name);
  const targetPort = endpoint?.port ?? port;
  if (target?.proxy !== undefined) return dial(pod, target.proxy.port(), flows, { caller: pod, to: { pod: target, port: targetPort, ...('service' in to && { chosen: true }) }, http });
  return dial(pod, target && applicationAt(target, targetPort)?.realPort);
}

/** Connects to a port of the machine, and lets it be known what for; undefined where there is no port. */
function dial(pod: AttachedPod, realPort: number | undefined): Socket | undefined;
function dial(pod: AttachedPod, realPort: number | undefined, flows: Flows, flow: Flow): Socket | undefined;
function dial(pod: AttachedPod, realPort: number | undefined, flows?: Flows, flow?: Flow): Socket | undefined {
  if (realPort === undefined) return undefined;
  const socket = connectSocket({ host: '127.0.0.1', port: realPort, noDelay: true });
  pod.sockets.add(socket);
  if (flows === undefined || flow === undefined) return socket;
  // The socket is bound in the next tick, before this callback runs, and long before its connection can be accepted.
  process.nextTick(() => {
    if (socket.destroyed || socket.localPort === undefined) return;
    socket.once('close', flows.add({ source: socket.localPort, target: realPort }, flow));
  });
  return socket;
}
