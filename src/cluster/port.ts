import type { Duplex } from 'node:stream';

/** A Kubernetes object as the API server takes and gives it. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  [field: string]: unknown;
}

export interface ObjectMeta {
  name: string;
  namespace?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  resourceVersion?: string;
  uid?: string;
  deletionTimestamp?: string;
  finalizers?: string[];
  [field: string]: unknown;
}

/** Names one object. `namespace` is absent for cluster-scoped kinds. */
export interface ObjectRef {
  apiVersion: string;
  kind: string;
  name: string;
  namespace?: string;
}

/** The name of an object, as `get` and `delete` take it. */
export function refOf(object: KubeObject): ObjectRef {
  const { name, namespace } = object.metadata;
  return { apiVersion: object.apiVersion, kind: object.kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

export interface ListQuery {
  apiVersion: string;
  kind: string;
  /** All namespaces when absent. */
  namespace?: string;
  /** Labels that must all be there with these values. */
  labels?: Record<string, string>;
}

export interface PodRef {
  namespace: string;
  name: string;
}

/** One resource type of an `*.smi-spec.io` group, as discovery lists it. */
export interface ServedApi {
  group: string;
  version: string;
  kind: string;
  plural: string;
  namespaced: boolean;
}

/** An answer of the API server to a plain GET, whatever its status. */
export interface ApiAnswer {
  status: number;
  /** Undefined where it is not JSON. */
  body: unknown;
}

export interface ClusterFacts {
  /** `gitVersion` of the API server, such as `v1.34.4`. */
  kubernetesVersion: string;
  /** Where it answers, without credentials; for messages and the journal. */
  server: string;
}

/** An answer of the API server that is not success. `status` is the HTTP status, 0 where no answer came. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  /** The `reason` of the Kubernetes Status object: `NotFound`, `Invalid`, `AlreadyExists`, `Conflict`, `Forbidden`, `InternalError`… */
  readonly reason: string;
  constructor(status: number, reason: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.status = status;
    this.reason = reason;
  }
  /** The server or an admission webhook judged the object and refused it: 400, 403 by admission, 422. Never a fault of the connection. */
  get isRefusal(): boolean {
    return this.status === 400 || this.status === 422 || (this.status === 403 && !/cannot \w+ resource/.test(this.message));
  }
  /** No API server answered: there was no connection, or what stands before it says that there is none behind. */
  get isAway(): boolean {
    return [0, 502, 503, 504].includes(this.status);
  }
}

/**
 * What the engine may ask of a cluster, whichever it is. Implementations: `kubernetes/` and `embedded/`.
 * Every method rejects with `ApiError`; a lost connection is an `ApiError` of status 0.
 */
export interface Cluster {
  readonly kind: 'kubernetes' | 'embedded';
  about(): Promise<ClusterFacts>;
  /** The resource types of all `*.smi-spec.io` groups, asked anew at each call. */
  served(): Promise<ServedApi[]>;
  /** The object, or undefined where there is none (404, also for an unknown kind). */
  get(ref: ObjectRef): Promise<KubeObject | undefined>;
  list(query: ListQuery): Promise<KubeObject[]>;
  /** What a GET of an API path is answered with: for APIs that hold no objects. `as` has the server take the caller for another user. Rejects only where no answer came. */
  read(path: string, options?: { as?: string }): Promise<ApiAnswer>;
  /** Creates and returns what was stored. `dryRun` has the server validate (admission included) and store nothing. */
  create(object: KubeObject, options?: { dryRun?: boolean }): Promise<KubeObject>;
  /** Replaces the stored object of that name (its `resourceVersion` is filled in when absent) and returns what was stored. */
  replace(object: KubeObject): Promise<KubeObject>;
  /** Deletes in the background; an object that is not there is no error. `graceSeconds` is how long a pod has to end; what the pod says itself where absent. */
  delete(ref: ObjectRef, options?: { graceSeconds?: number }): Promise<void>;
  /** Opens a byte stream to a TCP port on the loopback interface of a pod (a port-forward). */
  forward(pod: PodRef, port: number): Promise<Duplex>;
  /** The last lines that a container printed; `previous`: before it was started anew. */
  logs(pod: PodRef, container: string, tailLines: number, options?: { previous?: boolean }): Promise<string>;
  /** Whether the caller may do `verb` on `resource` (SelfSubjectAccessReview), in all namespaces. */
  mayI(verb: string, group: string, resource: string): Promise<boolean>;
  /**
   * The same cluster, whose calls hear a signal: once it is aborted, whatever they wait for ends after `graceMs`, counted from the abort or from the call's own
   * beginning. Without a grace they reject with CANCELLED, with one as they failed last. A write that is under way has a moment to be answered, so that it is not carried out behind our back.
   */
  until(signal: AbortSignal, graceMs?: number): Cluster;
  close(): Promise<void>;
}
