import type { SmiKind, Version } from '../../model/specification.ts';
import type { Schema } from './schema.ts';

/** The versions of each SMI group that a cluster serves; an empty list leaves the group out. */
export interface ServedVersions {
  access: readonly Version[];
  specs: readonly Version[];
  split: readonly Version[];
}

/** The versions of the latest release of SMI. */
export const newestVersions: ServedVersions = { access: ['v1alpha3'], specs: ['v1alpha4'], split: ['v1alpha4'] };

/** One SMI kind: how discovery names it, and the structural schema of each version that defines it. */
export interface SmiResource {
  kind: SmiKind;
  group: keyof ServedVersions;
  plural: string;
  shortName: string;
  schemas: Partial<Record<Version, Schema>>;
}

const text: Schema = { type: 'string' };
const texts = list(text);
/** Stricter than the SDK's definitions, which take any number: a port that cannot exist is a mistake worth refusing. */
const port: Schema = { type: 'integer', minimum: 1, maximum: 65535 };
/** Whole numbers by the text; the SDK's definitions take fractions and negative ones, on which its own Go types then fail. */
const weight: Schema = { type: 'integer', minimum: 0 };
const quantity: Schema = { 'x-kubernetes-int-or-string': true, minimum: 0, pattern: '^[+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$' };

const subject = object({ kind: text, name: text, namespace: text }, ['kind', 'name']);
const subjectWithPort = object({ kind: text, name: text, namespace: text, port }, ['kind', 'name']);
const rulesOf = (...kinds: SmiKind[]): Schema => list(object({ kind: { type: 'string', enum: kinds }, name: text, matches: texts }, ['kind', 'name']));
const earlyRules = rulesOf('HTTPRouteGroup', 'TCPRoute');
const target = spec({ destination: subject, rules: rulesOf('HTTPRouteGroup', 'TCPRoute', 'UDPRoute'), sources: list(subject) }, ['destination', 'rules', 'sources']);

const methods = list({ type: 'string', enum: ['*', 'GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'] });
const headers = list({ type: 'object', additionalProperties: text });
const firstMatches = list(object({ name: text, pathRegex: text, methods }, ['name', 'pathRegex', 'methods']));
const matches = list(object({ name: text, pathRegex: text, methods, headers }, ['name']));
const ports = spec({ matches: object({ ports: list(port) }, ['ports']) }, ['matches']);

const splitOf = (backendWeight: Schema, more: Record<string, Schema> = {}): Schema =>
  spec({ service: text, backends: list(object({ service: text, weight: backendWeight }, ['service', 'weight'])), ...more }, ['service', 'backends']);
const matchedSplit = splitOf(weight, { matches: list(object({ kind: { type: 'string', enum: ['HTTPRouteGroup'] }, name: text }, ['kind', 'name'])) });

/** Every SMI kind in every version, after the text and, where it is silent, the definitions of smi-sdk-go. */
export const smiResources: readonly SmiResource[] = [
  {
    kind: 'TrafficTarget', group: 'access', plural: 'traffictargets', shortName: 'tt',
    schemas: {
      v1alpha1: object({ destination: subjectWithPort, specs: earlyRules, sources: list(subject) }, ['destination']),
      v1alpha2: spec({ destination: subjectWithPort, rules: earlyRules, sources: list(subject) }, ['destination']),
      v1alpha3: target,
      v1alpha4: target,
    },
  },
  {
    kind: 'IdentityBinding', group: 'access', plural: 'identitybindings', shortName: 'ib',
    schemas: {
      v1alpha4: spec({
        schemes: object({
          podLabelSelector: object({ matchLabels: { type: 'object', additionalProperties: text } }),
          spiffeIdentities: texts,
          serviceAccount: text,
        }),
      }, ['schemes']),
    },
  },
  {
    kind: 'HTTPRouteGroup', group: 'specs', plural: 'httproutegroups', shortName: 'htr',
    schemas: {
      v1alpha1: object({ matches: firstMatches }, ['matches']),
      v1alpha2: object({ matches }, ['matches']),
      v1alpha3: spec({ matches }, ['matches']),
      v1alpha4: spec({ matches }, ['matches']),
    },
  },
  {
    kind: 'TCPRoute', group: 'specs', plural: 'tcproutes', shortName: 'tr',
    schemas: { v1alpha1: object({}), v1alpha2: object({}), v1alpha3: spec({}), v1alpha4: ports },
  },
  { kind: 'UDPRoute', group: 'specs', plural: 'udproutes', shortName: 'ur', schemas: { v1alpha4: ports } },
  {
    kind: 'TrafficSplit', group: 'split', plural: 'trafficsplits', shortName: 'ts',
    schemas: { v1alpha1: splitOf(quantity), v1alpha2: splitOf(weight), v1alpha3: matchedSplit, v1alpha4: matchedSplit },
  },
];

function object(properties: Record<string, Schema>, required: string[] = []): Schema {
  return { type: 'object', properties, ...(required.length > 0 && { required }) };
}

function list(items: Schema): Schema {
  return { type: 'array', items };
}

/** `spec` itself is not required: the SDK's definitions take an object without one, which then does nothing. */
function spec(properties: Record<string, Schema>, required: string[] = []): Schema {
  return object({ spec: object(properties, required) });
}
