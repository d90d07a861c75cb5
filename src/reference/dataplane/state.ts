import type { KubeObject } from '../../cluster/port.ts';
import type { StoreView } from '../contract.ts';
import { decodeIdentityBinding, decodePod, decodeRoute, decodeService, decodeTrafficSplit, decodeTrafficTarget } from './decode/index.ts';
import type { IdentityBinding, Pod, Route, Service, TrafficSplit, TrafficTarget } from './model.ts';

/** What the store held at one moment, decoded. */
export interface State {
  service(namespace: string, name: string): Service | undefined;
  serviceAt(address: string): Service | undefined;
  pods: readonly Pod[];
  targets: readonly TrafficTarget[];
  bindings: readonly IdentityBinding[];
  routes: readonly Route[];
  splits: readonly TrafficSplit[];
}

/** Returns a reader of the store's present state; an object that has not changed is decoded once. */
export function createStateReader(view: StoreView): () => State {
  const read = {
    Service: reader(view, decodeService),
    Pod: reader(view, decodePod),
    TrafficTarget: reader(view, decodeTrafficTarget),
    IdentityBinding: reader(view, decodeIdentityBinding),
    Route: reader(view, decodeRoute),
    TrafficSplit: reader(view, decodeTrafficSplit),
  };
  return () => {
    const services = read.Service('Service');
    const byName = new Map(services.map((service) => [`${service.namespace}/${service.name}`, service]));
    const byAddress = new Map(services.map((service) => [service.clusterIP, service]));
    return {
      service: (namespace, name) => byName.get(`${namespace}/${name}`),
      serviceAt: (address) => byAddress.get(address),
      pods: read.Pod('Pod'),
      targets: read.TrafficTarget('TrafficTarget'),
      bindings: read.IdentityBinding('IdentityBinding'),
      routes: [...read.Route('HTTPRouteGroup'), ...read.Route('TCPRoute'), ...read.Route('UDPRoute')],
      splits: read.TrafficSplit('TrafficSplit'),
    };
  };
}

/** Objects of a store are replaced, never changed, so each stands for what was decoded of it. */
function reader<Decoded>(view: StoreView, decode: (object: KubeObject) => Decoded): (kind: string) => Decoded[] {
  const known = new WeakMap<KubeObject, Decoded>();
  return (kind) => view.list(kind).map((object) => {
    const held = known.get(object);
    if (held !== undefined) return held;
    const decoded = decode(object);
    known.set(object, decoded);
    return decoded;
  });
}
