import type { KubeObject } from '../../cluster/port.ts';
import type { StoreView } from '../contract.ts';
import { failures } from './failures.ts';
import { namespaceKind } from './kinds.ts';
import type { ResourceKind } from './kinds.ts';

/** A new object's namespace must be there (404), and not on its way out (403). */
export function checkNamespace(view: StoreView, { metadata: { name, namespace = '' } }: KubeObject, kind: ResourceKind): void {
  if (!kind.namespaced) return;
  const home = view.get('Namespace', undefined, namespace);
  if (home === undefined) throw failures.notFound(namespaceKind, namespace);
  if (home.metadata.deletionTimestamp === undefined) return;
  throw failures.forbidden(kind, name, `unable to create new content in namespace ${namespace} because it is being terminated`);
}

/** A new Pod's ServiceAccount must be there (403). */
export function checkAccount(view: StoreView, { metadata: { name, namespace = '' }, spec }: KubeObject, kind: ResourceKind): void {
  if (kind.kind !== 'Pod') return;
  const account = (spec as { serviceAccountName?: string } | undefined)?.serviceAccountName ?? 'default';
  if (view.get('ServiceAccount', namespace, account) !== undefined) return;
  throw failures.forbidden(kind, name, `error looking up service account ${namespace}/${account}: serviceaccount "${account}" not found`);
}
