import { eachOf, isBefore, isFields, itemsOf, withoutNulls, type Renderer } from './form.ts';
import { hasUnit, wholeNumbers } from './quantity.ts';

/** Weights are quantities in v1alpha1, whole numbers since, for which quantities with a unit are turned into the same ratio; `matches` came with v1alpha3. */
export const trafficSplit: Renderer = (resource, version, dialect) => {
  const { matches, ...rest } = resource.spec;
  const backends = version === 'v1alpha1' ? rest['backends'] : inWholeNumbers(rest['backends']);
  const unfiltered = matches === undefined || matches === null || (Array.isArray(matches) && matches.length === 0);
  if (isBefore(version, 'v1alpha3') && !unfiltered) {
    return { cannot: `split ${version} has no matches: they would be dropped, and the split applied to everybody` };
  }
  const asStrings = version === 'v1alpha1' && dialect.weights === 'string';
  const spec = {
    ...rest,
    ...('backends' in resource.spec ? { backends: eachOf(backends, (backend) => withoutNulls(asStrings ? stringWeight(backend) : backend)) } : {}),
    ...('matches' in resource.spec && !isBefore(version, 'v1alpha3') ? { matches: eachOf(matches, withoutNulls) } : {}),
  };
  return { body: { spec: withoutNulls(spec) } };
};

function inWholeNumbers(backends: unknown): unknown {
  const items = itemsOf(backends);
  if (!Array.isArray(backends) || !items.some(({ weight }) => hasUnit(weight))) return backends;
  const weights = wholeNumbers(items.map(({ weight }) => weight));
  return weights === undefined ? backends : backends.map((backend: unknown) => (isFields(backend) ? { ...backend, weight: weights[items.indexOf(backend)] } : backend));
}

function stringWeight(backend: Record<string, unknown>): Record<string, unknown> {
  return typeof backend['weight'] === 'number' ? { ...backend, weight: String(backend['weight']) } : backend;
}
