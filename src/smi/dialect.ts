import type { KubeObject, ServedApi } from '../cluster/port.ts';
import { apiGroups, specificationOf, type SmiKind, type Version } from '../model/specification.ts';
import { textDialect, type Dialect, type PlacedResource } from './form.ts';
import { kindVersions } from './names.ts';
import { render } from './render.ts';
import { sameMeaning } from './same-meaning.ts';

/**
 * Sends an object as a dry-run create: what the server would have stored, or undefined where it refused the object.
 * What it stores matters: an open schema takes a field that it does not know, and drops it.
 */
export type DryRun = (object: KubeObject) => Promise<KubeObject | undefined>;

/**
 * Finds the server's dialect by trying: where the text's form is accepted and kept, that one; else the other form, where that is kept;
 * else the text's, so that the server's refusal is seen where it counts. Nothing is stored. `namespace` must exist.
 */
export async function findDialect(dryRun: DryRun, served: readonly ServedApi[], namespace: string): Promise<Dialect> {
  const ask = (resource: Omit<PlacedResource, 'name' | 'namespace'>, versions: readonly Version[]) => {
    const version = versions.findLast((candidate) => isServed(served, resource.kind, candidate));
    return async (dialect: Dialect): Promise<boolean> => {
      if (version === undefined) return true;
      const rendering = render({ ...resource, name: 'smi-conformance-dialect', namespace }, version, dialect);
      if ('cannot' in rendering) throw new TypeError(`a trial of the dialect cannot be written in ${version}: ${rendering.cannot}`);
      const stored = await dryRun(rendering.object);
      return stored !== undefined && sameMeaning(rendering.object, stored).same;
    };
  };
  const [headers, weights, port] = await Promise.all([
    prefer(ask(headerTrial, kindVersions.HTTPRouteGroup.slice(1)), { ...textDialect, headers: 'list' }),
    prefer(ask(weightTrial, ['v1alpha1']), { ...textDialect, weights: 'string' }),
    needsPort(ask(targetTrial(), ['v1alpha1']), ask(targetTrial(8080), ['v1alpha1'])),
  ]);
  return { headers: headers.headers, weights: weights.weights, destinationPort: port };
}

async function prefer(keeps: (dialect: Dialect) => Promise<boolean>, other: Dialect): Promise<Dialect> {
  if (await keeps(textDialect)) return textDialect;
  return (await keeps(other)) ? other : textDialect;
}

async function needsPort(without: (dialect: Dialect) => Promise<boolean>, withPort: (dialect: Dialect) => Promise<boolean>): Promise<Dialect['destinationPort']> {
  return !(await without(textDialect)) && (await withPort(textDialect)) ? 'required' : 'optional';
}

function isServed(served: readonly ServedApi[], kind: SmiKind, version: Version): boolean {
  return served.some((api) => api.kind === kind && api.group === apiGroups[specificationOf[kind]] && api.version === version);
}

const headerTrial = { kind: 'HTTPRouteGroup', spec: { matches: [{ name: 'trial', pathRegex: '/', methods: ['GET'], headers: { 'x-trial': '.*1.*' } }] } } as const satisfies Trial;
const weightTrial = { kind: 'TrafficSplit', spec: { service: 'trial', backends: [{ service: 'trial-a', weight: 1 }] } } as const satisfies Trial;

function targetTrial(port?: number): Trial {
  const subject = { kind: 'ServiceAccount', name: 'trial' };
  return { kind: 'TrafficTarget', spec: { destination: port === undefined ? subject : { ...subject, port }, sources: [subject], rules: [{ kind: 'HTTPRouteGroup', name: 'trial', matches: ['trial'] }] } };
}

type Trial = Pick<PlacedResource, 'kind' | 'spec'>;
