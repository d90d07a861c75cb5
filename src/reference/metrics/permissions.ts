import type { StoreView } from '../contract.ts';

interface Rule {
  apiGroups?: string[];
  resources?: string[];
  verbs?: string[];
}

interface Subject {
  kind: string;
  name: string;
  namespace?: string;
}

/** The resources of the metrics API that Roles of a namespace let an account get: `pods`, `pods/edges`. */
export function permittedTo(store: StoreView, user: string, namespace: string | undefined): string[] {
  if (namespace === undefined) return [];
  const bound = store.list('RoleBinding', namespace).filter((binding) => ((binding['subjects'] ?? []) as Subject[]).some((subject) => nameOf(subject, namespace) === user));
  const roles = bound.map((binding) => store.get('Role', namespace, (binding['roleRef'] as { name: string }).name));
  const rules = roles.flatMap((role) => (role?.['rules'] ?? []) as Rule[]);
  return rules.filter(({ apiGroups = [], verbs = [] }) => apiGroups.includes('metrics.smi-spec.io') && verbs.includes('get')).flatMap(({ resources = [] }) => resources);
}

function nameOf({ kind, name, namespace }: Subject, home: string): string {
  return kind === 'ServiceAccount' ? `system:serviceaccount:${namespace ?? home}:${name}` : name;
}
