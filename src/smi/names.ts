import { apiGroups, specificationOf, type SmiKind, type Specification, type Version } from '../model/specification.ts';

/** How Kubernetes calls a kind. Short names are the convention of the reference definitions; the specifications name none. */
export interface KindNames {
  plural: string;
  singular: string;
  shortName: string;
}

export const kindNames: Record<SmiKind, KindNames> = {
  TrafficTarget: { plural: 'traffictargets', singular: 'traffictarget', shortName: 'tt' },
  IdentityBinding: { plural: 'identitybindings', singular: 'identitybinding', shortName: 'ib' },
  HTTPRouteGroup: { plural: 'httproutegroups', singular: 'httproutegroup', shortName: 'htr' },
  TCPRoute: { plural: 'tcproutes', singular: 'tcproute', shortName: 'tr' },
  UDPRoute: { plural: 'udproutes', singular: 'udproute', shortName: 'ur' },
  TrafficSplit: { plural: 'trafficsplits', singular: 'trafficsplit', shortName: 'ts' },
};

/** The versions of its specification in which a kind exists, oldest first. */
export const kindVersions: Record<SmiKind, readonly Version[]> = {
  TrafficTarget: ['v1alpha1', 'v1alpha2', 'v1alpha3', 'v1alpha4'],
  IdentityBinding: ['v1alpha4'],
  HTTPRouteGroup: ['v1alpha1', 'v1alpha2', 'v1alpha3', 'v1alpha4'],
  TCPRoute: ['v1alpha1', 'v1alpha2', 'v1alpha3', 'v1alpha4'],
  UDPRoute: ['v1alpha4'],
  TrafficSplit: ['v1alpha1', 'v1alpha2', 'v1alpha3', 'v1alpha4'],
};

/** The versions of each specification that the text defines, oldest first. */
export const specificationVersions: Record<Specification, readonly Version[]> = {
  'traffic-access': kindVersions.TrafficTarget,
  'traffic-specs': kindVersions.HTTPRouteGroup,
  'traffic-split': kindVersions.TrafficSplit,
  'traffic-metrics': ['v1alpha1'],
};

/** The name of a kind's CustomResourceDefinition: `traffictargets.access.smi-spec.io`. */
export function definitionName(kind: SmiKind): string {
  return `${kindNames[kind].plural}.${apiGroups[specificationOf[kind]]}`;
}

/** The `apiVersion` of a kind at a version of its specification: `access.smi-spec.io/v1alpha3`. */
export function apiVersionOf(kind: SmiKind, version: Version): string {
  return `${apiGroups[specificationOf[kind]]}/${version}`;
}
