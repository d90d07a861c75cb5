import type { Load } from './metrics.ts';
import type { Protocol } from './specification.ts';
import type { Expectation, Resource } from './assertion.ts';

/** A test bed (`assertions/fixtures/<name>.yaml`, checked by `fixture.schema.json`): workloads that all run the probe, and Services. */
export interface Fixture {
  name: string;
  title: string;
  namespaces: FixtureNamespace[];
  workloads: Workload[];
  services: FixtureService[];
  /** What must be seen again before a lane is handed to the next assertion. */
  baseline: Expectation;
  /** Known traffic, for assertions about metrics; each begins with the first step that asks for it, and goes on as long as the lane is there. */
  load?: Load[];
  /** Objects that stay for the whole run, applied only where the mesh claims access control: what a mesh that denies by default needs for this fixture's traffic. */
  whenDenying?: Resource[];
}

export interface FixtureNamespace {
  /** The fixture's own name for it; on the cluster it carries run and lane. The first is the default. */
  name: string;
  enrolled: boolean;
}

/** Kinds of objects that keep a workload's pods. */
export const controllers = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'ReplicationController', 'Job'] as const;
export type Controller = (typeof controllers)[number];

export interface Workload {
  name: string;
  namespace?: string;
  /** `default` where absent. */
  serviceAccount?: string;
  labels?: Record<string, string>;
  /** What keeps its pods; a Deployment where absent. */
  controller?: Controller;
  /** Its pods; one where absent. A DaemonSet has one on each node. */
  replicas?: number;
  /** Not there until a step starts it: neither its pods, nor its account and Services where nobody else has them. */
  late?: boolean;
  /** The kubelet asks it over HTTP, at its first port, whether it is well. */
  healthProbes?: boolean;
  listeners: { port: number; protocol: Protocol }[];
  /** An application of another make that answers HTTP, with the probe standing before it. Variants of a fixture have it, files do not. */
  application?: Application;
}

export interface Application {
  image: string;
}

export interface FixtureService {
  name: string;
  namespace?: string;
  selector: Record<string, string>;
  /** ClusterIP where absent. */
  type?: 'NodePort' | 'headless';
  ports: FixturePort[];
}

export interface FixturePort {
  port: number;
  targetPort?: number;
  protocol: Protocol;
  /** Its name begins with the protocol, as most meshes ask. Made from protocol and port where absent. */
  name?: string;
}
