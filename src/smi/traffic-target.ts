import type { Version } from '../model/specification.ts';
import { eachOf, filled, isBefore, isFields, itemsOf, withoutNulls, type Dialect, type Renderer } from './form.ts';

/** v1alpha1 has destination, sources and `specs` at the top level; v1alpha2 put them under `spec` and calls the last `rules`; v1alpha3 took the port away. */
export const trafficTarget: Renderer = (resource, version, dialect) => {
  const cannot = inexpressible(resource.spec, version, dialect);
  if (cannot !== undefined) return { cannot };
  const place = (subject: Record<string, unknown>) => filled(subject, { namespace: resource.namespace });
  const { destination, sources, rules, ...rest } = resource.spec;
  const spec = {
    ...rest,
    ...('destination' in resource.spec ? { destination: isFields(destination) ? place(destination) : destination } : {}),
    ...('sources' in resource.spec ? { sources: eachOf(sources, place) } : {}),
    ...('rules' in resource.spec ? { [version === 'v1alpha1' ? 'specs' : 'rules']: eachOf(rules, withoutNulls) } : {}),
  };
  return { body: version === 'v1alpha1' ? withoutNulls(spec) : { spec: withoutNulls(spec) } };
};

function inexpressible({ destination, sources, rules }: Record<string, unknown>, version: Version, dialect: Dialect): string | undefined {
  const hasPort = isFields(destination) && destination['port'] !== undefined && destination['port'] !== null;
  if (hasPort && !isBefore(version, 'v1alpha3')) {
    return `access ${version} has no destination.port: it would be dropped, and every port of the destination opened`;
  }
  if (!hasPort && version === 'v1alpha1' && dialect.destinationPort === 'required') {
    return "the server's definition of access v1alpha1 requires destination.port, and the resource is about all ports";
  }
  if ([destination, ...itemsOf(sources)].some((subject) => isFields(subject) && subject['kind'] === 'IdentityBinding') && version !== 'v1alpha4') {
    return `access ${version} knows no IdentityBinding: it came with v1alpha4`;
  }
  if (itemsOf(rules).some(({ kind }) => kind === 'UDPRoute') && isBefore(version, 'v1alpha3')) {
    return `a rule of access ${version} cannot name a UDPRoute: that came with v1alpha3`;
  }
  return undefined;
}
