import type { Install, Ready } from './install.ts';
import type { MetricResource } from './metrics.ts';
import type { Protocol, SmiKind, Specification, Version } from './specification.ts';

/** What is known of one mesh (`meshes/<id>.yaml`, checked by `meshes/schema/mesh.schema.json`). */
export interface MeshDefinition {
  /** Canonical id, used in paths, accounts and badges: `osm`. */
  id: string;
  /** Display name: `Open Service Mesh`. */
  name: string;
  aliases: string[];
  /** The results provider's name for it: `OPEN_SERVICE_MESH`; `INVALID_MESH`, the provider's own zero, where it has none. */
  provider: string;
  /** `supported`: its conformance can be tested · `no-smi`: it offers none · `discontinued`: cannot be had any more · `reference`: only on the embedded cluster. */
  status: 'supported' | 'no-smi' | 'discontinued' | 'reference';
  /** Shown where the status is not `supported`: why, and a pointer. */
  reason?: string;
  /** Where the running mesh is found: pods with these labels; version and image digests are read from them. */
  detect?: {
    labels: Record<string, string>;
    /** The label of those pods that holds the version, else the image tag of `container` is taken. */
    versionLabel?: string;
    container?: string;
  };
  enrolment: {
    namespace: Marks;
    pod: Marks;
    /** What shows that a pod joined: a side container of this name that runs. Absent for meshes that put nothing into pods. */
    sidecar?: string;
  };
  /** The host name by which a client calls a Service: `{service}.{namespace}.svc.cluster.local`. */
  host: string;
  /** Annotations that tell the mesh the protocol of a Service. */
  serviceAnnotations?: Partial<Record<Protocol, Record<string, string>>>;
  /** The `appProtocol` of a Service port by which the mesh knows a protocol, where it is not http or tcp. */
  appProtocols?: Partial<Record<Protocol, string>>;
  /** The trust domain of the SPIFFE ids that the mesh issues; absent where it issues none. */
  trustDomain?: string;
  /** True where the mesh decides the protocol per Service, so that a Service carries one only. */
  protocolPerService?: boolean;
  /** How many Service ports of a protocol the mesh can serve in the whole cluster, where it has such a limit. */
  servicePorts?: Partial<Record<Protocol, number>>;
  /** What its makers say it implements. A specification that is absent is not claimed. `served` claims whatever the cluster serves. */
  claims: 'served' | Partial<Record<Specification, Claim>>;
  /** Where its metrics can be had beside the aggregated API. */
  metrics?: { prometheus: PrometheusMetrics };
  /** Settings of the running mesh under which verdicts would say something else than a reader expects: each that is found is a warning in the report. */
  preflight?: Preflight[];
  /** How it gets onto a cluster; absent where only its users can put it there. */
  install?: Install;
}

/** How the metrics that a mesh keeps in Prometheus are asked for. */
export interface PrometheusMetrics {
  /** The time that the numbers are of, as PromQL has it: `1m`. */
  window: string;
  /** The unit of what `queries.latency` gives. */
  latencyUnit: 'ms' | 's';
  /** Values of labels have an underscore where names have a hyphen or a dot. */
  underscores?: true;
  /** PromQL that gives a vector; `$selector`, `$by`, `$window` and, in `latency`, `$quantile` are filled in. */
  queries: { success: string; failure: string; latency: string };
  /** By which labels the traffic that a resource received is known. */
  received: { where?: string; resources: Partial<Record<MetricResource, ResourceLabels>> };
  /** By which labels the two ends of traffic are known; absent where it is not kept by both. */
  exchanged?: { where?: string; resources: Partial<Record<MetricResource, { from: ResourceLabels; to: ResourceLabels }>> };
  /** What namespaces and pods bear beside the enrolment so that they are scraped, where a run reads from Prometheus. */
  enrolment?: { namespace?: Marks; pod?: Marks };
  /** How the mesh's charts bring a Prometheus; absent where they bring none. */
  install?: PrometheusInstall;
}

/** How a mesh is installed together with its own Prometheus. */
export interface PrometheusInstall {
  /** Values of the mesh's charts, by part of its install, merged over those that are there. */
  values: Record<string, Record<string, unknown>>;
  /** What must be so beside what the mesh's own install waits for. */
  ready?: Pick<Ready, 'deployments' | 'statefulSets'>;
  /** The Service at which it answers: `namespace/name:port`. */
  service: string;
}

/** Labels that hold the namespace and the name of a resource, and what else has to be so of its series, in PromQL. */
export interface ResourceLabels {
  namespace?: string;
  name: string;
  where?: string;
}

export interface Preflight {
  /** The object that holds the setting; sought in all namespaces where none is named. */
  object: { apiVersion: string; kind: string; name: string; namespace?: string };
  /** JSON pointer into it; the whole object where absent. */
  field?: string;
  /** What calls for the warning: the field equals a value · it is a list without that item · it, or the object, is not there. The first two say nothing of an object that is not there. */
  when: { equals: string | number | boolean } | { lacks: string } | 'absent';
  /** What is so, what follows from it, and what to do. */
  warning: string;
}

export interface Marks {
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

export interface Claim {
  versions: Version[];
  kinds: SmiKind[];
  /** Parts that it says it lacks, of the kinds that it claims: `TrafficSplit.matches`. */
  without?: string[];
}
