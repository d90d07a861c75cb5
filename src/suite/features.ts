import { metricKinds } from '../model/metrics.ts';
import type { SmiKind, Version } from '../model/specification.ts';

/** A part of a kind that a mesh may lack although it offers the kind. */
export interface Feature {
  kind: SmiKind;
  /** The first version of the kind's specification that has it. */
  since: Version;
  /** Whether a spec, in the newest form, makes use of it. */
  isUsed: (spec: Record<string, unknown>) => boolean;
}

/** By the names that assertions (`needs`, `whereOffered`) and mesh definitions (`without`) call them. */
export const features: Record<string, Feature> = {
  'HTTPRouteGroup.headers': { kind: 'HTTPRouteGroup', since: 'v1alpha2', isUsed: ({ matches }) => listOf(matches).some((match) => isFilled(fieldsOf(match)['headers'])) },
  'TCPRoute.ports': { kind: 'TCPRoute', since: 'v1alpha4', isUsed: ({ matches }) => isFilled(fieldsOf(matches)['ports']) },
  'TrafficSplit.matches': { kind: 'TrafficSplit', since: 'v1alpha3', isUsed: ({ matches }) => isFilled(matches) },
};

/** What metrics may lack: where they come from elsewhere, the API itself; the edges between resources; resources. */
export const metricsFeatures: readonly string[] = ['api', 'edges', ...Object.keys(metricKinds)].map((part) => `TrafficMetrics.${part}`);

/** The fields of a value; none where it is no map, which resources that are wrong on purpose may have anywhere. */
export function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** The items of a value; none where it is no list. */
export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Object.keys(fieldsOf(value)).length > 0;
}
