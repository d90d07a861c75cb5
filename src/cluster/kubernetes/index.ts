import type { Cluster } from '../port.ts';

export interface KubernetesOptions {
  /**
   * Path of a kubeconfig, or several joined as in the variable `KUBECONFIG`. Where absent: `~/.kube/config`, else the
   * service account of the pod that this runs in.
   */
  kubeconfig?: string;
  /** Ends the connecting. */
  signal?: AbortSignal;
}

/**
 * Connects to the cluster that a kubeconfig points at and checks that it answers.
 * Rejects with `ConformanceError`: NO_KUBECONFIG, UNREACHABLE, FORBIDDEN (credentials refused).
 */
export async function openKubernetes(options: KubernetesOptions): Promise<Cluster> {
  // Loaded when a real cluster is asked for, not before.
  const [{ loadConnection }, { connect }] = await Promise.all([import('./config.ts'), import('./connect.ts')]);
  return connect(await loadConnection(options.kubeconfig), undefined, undefined, options.signal);
}
