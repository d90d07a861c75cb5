import { describe, expect, test } from '@jest/globals';
import type { KubeObject, ServedApi } from '../../src/cluster/port.ts';
import { findDialect, textDialect } from '../../src/smi/index.ts';

const api = (group: string, version: string, kind: string): ServedApi => ({ group, version, kind, plural: '', namespaced: true });
const served = [
  api('specs.smi-spec.io', 'v1alpha3', 'HTTPRouteGroup'),
  api('specs.smi-spec.io', 'v1alpha4', 'HTTPRouteGroup'),
  api('split.smi-spec.io', 'v1alpha1', 'TrafficSplit'),
  api('access.smi-spec.io', 'v1alpha1', 'TrafficTarget'),
];

interface Behaviour {
  headers?: (headers: unknown) => unknown;
  weight?: (weight: unknown) => unknown;
  port?: (port: unknown) => unknown;
}
/** A server that refuses an object where a behaviour throws, and stores what it returns otherwise. */
function server(behaviour: Behaviour) {
  const sent: KubeObject[] = [];
  const dryRun = (object: KubeObject): Promise<KubeObject | undefined> => {
    sent.push(object);
    try {
      return Promise.resolve({ ...JSON.parse(JSON.stringify(object, (key, value: unknown) => behaviour[key as keyof Behaviour]?.(value) ?? (key in behaviour ? undefined : value))), status: {} });
    } catch {
      return Promise.resolve(undefined);
    }
  };
  return { sent, dryRun };
}
const refuse = (): never => {
  throw new TypeError('refused');
};
const list = (headers: unknown) => (Array.isArray(headers) ? headers : refuse());
const map = (headers: unknown) => (Array.isArray(headers) ? refuse() : headers);
const prunesMaps = (headers: unknown) => (Array.isArray(headers) ? headers : undefined);

describe('the dialect is what the server accepts and keeps', () => {
  test.each<[string, Behaviour, object]>([
    ['an open server', {}, textDialect],
    ['headers as a map', { headers: map }, { headers: 'map' }],
    ['headers as a list', { headers: list }, { headers: 'list' }],
    ['maps accepted and pruned', { headers: prunesMaps }, { headers: 'list' }],
    ['neither form: the text’s, so that the refusal is seen', { headers: refuse }, { headers: 'map' }],
    ['every form pruned', { headers: () => undefined }, { headers: 'map' }],
    ['weights as strings', { weight: (weight) => (typeof weight === 'string' ? weight : refuse()) }, { weights: 'string' }],
    ['weights kept as strings of the same size', { weight: String }, { weights: 'number' }],
    ['neither weight', { weight: refuse }, { weights: 'number' }],
  ])('%s', async (_what, behaviour, expected) => {
    expect(await findDialect(server(behaviour).dryRun, served, 'lane')).toEqual({ ...textDialect, ...expected });
  });

  test('a port of the destination that is required', async () => {
    const { dryRun } = server({});
    const strict = async (object: KubeObject) => (object.kind === 'TrafficTarget' && !JSON.stringify(object).includes('"port":') ? undefined : dryRun(object));
    expect(await findDialect(strict, served, 'lane')).toEqual({ ...textDialect, destinationPort: 'required' });
  });

  test('TrafficTargets that are refused whatever they say are no dialect', async () => {
    const { dryRun } = server({});
    expect(await findDialect(async (object) => (object.kind === 'TrafficTarget' ? undefined : dryRun(object)), served, 'lane')).toEqual(textDialect);
  });

  test('asks in the namespace, in the newest served version, and of nothing that is not served', async () => {
    const everything = server({ headers: refuse });
    await findDialect(everything.dryRun, served, 'lane');
    expect(everything.sent.filter(({ kind }) => kind === 'HTTPRouteGroup').map(({ apiVersion }) => apiVersion)).toEqual(['specs.smi-spec.io/v1alpha4', 'specs.smi-spec.io/v1alpha4']);
    expect(new Set(everything.sent.map(({ metadata }) => metadata.namespace))).toEqual(new Set(['lane']));
    const nothing = server({});
    expect(await findDialect(nothing.dryRun, [api('specs.smi-spec.io', 'v1alpha1', 'HTTPRouteGroup')], 'lane')).toEqual(textDialect);
    expect(nothing.sent).toEqual([]);
  });

  test('a lost connection is not taken for a refusal', async () => {
    await expect(findDialect(() => Promise.reject(new Error('gone')), served, 'lane')).rejects.toThrow('gone');
  });
});
