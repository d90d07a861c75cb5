import type { KubeObject } from '../../../cluster/port.ts';
import type { Ports, Route, RouteMatch } from '../model.ts';
import { fields, list, namesOf, text, textMap, texts, versionOf } from './fields.ts';

/** A route object of any kind and version. HTTPRouteGroup has its matches at the top up to v1alpha2; TCPRoute has ports from v1alpha4. */
export function decodeRoute(object: KubeObject): Route {
  const version = versionOf(object);
  const names = namesOf(object);
  const { matches } = fields(object['spec']);
  if (object.kind === 'HTTPRouteGroup') {
    const flat = version === 'v1alpha1' || version === 'v1alpha2';
    return { kind: 'HTTPRouteGroup', ...names, matches: list(flat ? object['matches'] : matches).map((match) => decodeMatch(match, version)) };
  }
  if (object.kind === 'TCPRoute' && version !== 'v1alpha4') return { kind: 'TCPRoute', ...names, ports: 'all' };
  return { kind: object.kind === 'UDPRoute' ? 'UDPRoute' : 'TCPRoute', ...names, ports: decodePorts(fields(matches)['ports']) };
}

/** No ports, and an empty list of them, are all ports. */
function decodePorts(value: unknown): Ports {
  const ports = list(value);
  return ports.length === 0 ? 'all' : ports.filter((port) => typeof port === 'number');
}

function decodeMatch(value: unknown, version: string): RouteMatch {
  const { name, pathRegex, methods, headers } = fields(value);
  return {
    name: text(name),
    ...(text(pathRegex) !== '' && { pathRegex: text(pathRegex) }),
    ...(texts(methods).length > 0 && { methods: texts(methods) }),
    headers: version === 'v1alpha1' ? [] : decodeHeaders(headers),
  };
}

/** Header filters are a map in the text, and a list of maps in most definitions. */
function decodeHeaders(value: unknown): [string, string][] {
  const maps = Array.isArray(value) ? value : [value];
  return maps.flatMap((map) => Object.entries(textMap(map)).map(([name, regex]): [string, string] => [name.toLowerCase(), regex]));
}
