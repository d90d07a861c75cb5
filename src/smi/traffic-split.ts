import { eachOf, isBefore, withoutNulls, type Renderer } from './form.ts';

/** Weights are quantities in v1alpha1, whole numbers since; `matches` came with v1alpha3. */
export const trafficSplit: Renderer = (resource, version, dialect) => {
  const { backends, matches, ...rest } = resource.spec;
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

function stringWeight(backend: Record<string, unknown>): Record<string, unknown> {
  return typeof backend['weight'] === 'number' ? { ...backend, weight: String(backend['weight']) } : backend;
}
