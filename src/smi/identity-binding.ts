import { withoutNulls, type Renderer } from './form.ts';

/** There is one form: v1alpha4's. */
export const identityBinding: Renderer = (resource) => ({ body: { spec: withoutNulls(resource.spec) } });
