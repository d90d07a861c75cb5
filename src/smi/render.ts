import type { SmiKind, Version } from '../model/specification.ts';
import type { Dialect, PlacedResource, Renderer, Rendering } from './form.ts';
import { httpRouteGroup } from './http-route-group.ts';
import { identityBinding } from './identity-binding.ts';
import { apiVersionOf, kindVersions } from './names.ts';
import { tcpRoute, udpRoute } from './port-route.ts';
import { trafficSplit } from './traffic-split.ts';
import { trafficTarget } from './traffic-target.ts';

const renderers: Record<SmiKind, Renderer> = {
  TrafficTarget: trafficTarget,
  IdentityBinding: identityBinding,
  HTTPRouteGroup: httpRouteGroup,
  TCPRoute: tcpRoute,
  UDPRoute: udpRoute,
  TrafficSplit: trafficSplit,
};

/**
 * Renders a resource, written in the newest form of its kind, at one version of its specification. The namespaces of subjects are final
 * names; an absent one becomes the object's own, `null` leaves it out. What the version cannot express is said, never approximated.
 */
export function render(resource: PlacedResource, version: Version, dialect: Dialect): Rendering {
  const { kind, name, namespace } = resource;
  if (!kindVersions[kind].includes(version)) return { cannot: `there is no ${kind} in ${apiVersionOf(kind, version)}: it came with ${kindVersions[kind][0]}` };
  const rendered = renderers[kind](resource, version, dialect);
  if ('cannot' in rendered) return rendered;
  // The body comes first: a resource's own fields, top-level ones in old versions, must not change what the object is.
  return { object: { ...structuredClone(rendered.body), apiVersion: apiVersionOf(kind, version), kind, metadata: { name, namespace } } };
}
