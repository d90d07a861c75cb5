import type { KubeObject } from '../../cluster/port.ts';
import type { Fault } from './fault.ts';
import { rewriting } from './rewrite.ts';

export const bindingLabelsIgnored: Fault = {
  name: 'binding-labels-ignored',
  row: '+',
  title: 'Of the schemes of an IdentityBinding its selector of labels is not looked at',
  seam: 'view',
  served: { access: ['v1alpha4'] },
  kills: ['traffic-access/identitybinding-podlabels', 'traffic-access/identitybinding-namespace-boundary'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, view: (store) => rewriting(decisions.view(store), 'IdentityBinding', withoutLabels) }),
};

function withoutLabels(binding: KubeObject): KubeObject {
  const { schemes } = (binding['spec'] ?? {}) as { schemes?: Record<string, unknown> };
  return { ...binding, spec: { schemes: Object.fromEntries(Object.entries(schemes ?? {}).filter(([scheme]) => scheme !== 'podLabelSelector')) } };
}
