import type { Socket } from 'node:net';
import type { PodFacts, PodNetwork, ReferenceNetwork, StoreView } from '../contract.ts';
import { createDataPlane } from '../dataplane/index.ts';
import type { Decisions } from '../dataplane/index.ts';
import type { TrafficLog } from '../metrics/index.ts';
import { createSocketSet } from './attached-pod.ts';
import type { AttachedPod } from './attached-pod.ts';
import { createConductor } from './conduct.ts';
import type { DatagramFabric } from './datagrams.ts';
import { createFlows } from './flows.ts';
import { createHttp2Proxy } from './http2-proxy.ts';
import { createPodNetwork } from './pod-network.ts';
import { createRequestProxy } from './request-proxy.ts';
import { createSideProxy } from './side-proxy.ts';

/**
 * The network of the reference cluster, with its mesh. Pods have addresses of their own; beneath them are sockets on 127.0.0.1 and ports
 * that the system chooses. A meshed pod has a side proxy, which all of its connections pass, and all that reach it from outside the mesh.
 * @param store where Services, pods and SMI resources are; changes take effect at once
 * @param log takes what the side proxies see of HTTP requests
 */
export function createNetwork(store: StoreView, decisions: Decisions, log?: Pick<TrafficLog, 'add'>): ReferenceNetwork {
  const plane = createDataPlane(store, decisions);
  const byName = new Map<string, AttachedPod>();
  const byAddress = new Map<string, AttachedPod>();
  const networks = new Set<PodNetwork>();
  const nextAddress = createAddresses();
  const fabric: DatagramFabric = {
    plane,
    podNamed: (namespace, name) => byName.get(`${namespace}/${name}`),
    podAt: (ip) => byAddress.get(ip),
    saw: (exchange) => log?.add(exchange),
    flows: createFlows(),
    senders: new Map(),
  };
  const conduct = createConductor(fabric, createRequestProxy(fabric), createHttp2Proxy(fabric));

  return {
    attach(facts) {
      const pod = attachedPod(facts, plane.joins(facts), nextAddress());
      if (pod.facts.meshed) pod.proxy = createSideProxy((socket) => take(socket, pod));
      const name = `${facts.namespace}/${facts.name}`;
      const network = createPodNetwork(pod, fabric, () => {
        networks.delete(network);
        byAddress.delete(pod.ip);
        if (byName.get(name) === pod) byName.delete(name);
      });
      networks.add(network);
      byName.set(name, pod);
      byAddress.set(pod.ip, pod);
      return network;
    },
    async close() {
      plane.close();
      await Promise.all([...networks].map((network) => network.close()));
    },
  };

  function take(socket: Socket, proxyOf: AttachedPod): void {
    // A peer may reset at any time, which concerns nobody else. 'close' follows.
    socket.on('error', () => undefined);
    proxyOf.sockets.add(socket);
    const flow = fabric.flows.of({ source: socket.remotePort, target: socket.localPort });
    if (flow === undefined) socket.destroy();
    else conduct(socket, flow);
  }
}

function attachedPod(facts: PodFacts, meshed: boolean, ip: string): AttachedPod {
  return { facts: { ...facts, meshed }, ip, applications: new Map(), datagrams: new Map(), asking: new Set(), sockets: createSocketSet(), closed: false };
}

/** 10.244.1.1 onwards, none used twice. */
function createAddresses(): () => string {
  let next = 0;
  return () => {
    const [third, fourth] = [1 + Math.floor(next / 254), 1 + (next % 254)];
    next += 1;
    return `10.244.${third}.${fourth}`;
  };
}
