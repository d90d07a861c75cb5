import type { Version } from '../model/specification.ts';
import { eachOf, filled, isBefore, isFields, itemsOf, withoutNulls, type Dialect, type Renderer } from './form.ts';

/** v1alpha1 and v1alpha2 have `matches` at the top level, later versions under `spec`. v1alpha1 has no headers, and wants path and methods in every match. */
export const httpRouteGroup: Renderer = (resource, version, dialect) => {
  const { matches, ...rest } = resource.spec;
  if (version === 'v1alpha1' && itemsOf(matches).some(({ headers }) => hasFilters(headers))) {
    return { cannot: 'specs v1alpha1 has no header filters: they came with v1alpha2' };
  }
  const spec = withoutNulls({ ...rest, ...('matches' in resource.spec ? { matches: eachOf(matches, (match) => rendered(match, version, dialect)) } : {}) });
  return { body: isBefore(version, 'v1alpha3') ? spec : { spec } };
};

function rendered(match: Record<string, unknown>, version: Version, dialect: Dialect): Record<string, unknown> {
  const { headers, ...rest } = match;
  if (version === 'v1alpha1') return filled(rest, { pathRegex: '.*', methods: ['*'] });
  return withoutNulls({ ...rest, ...(headers === undefined ? {} : { headers: inDialect(headers, dialect) }) });
}

/** Both forms can be written in a suite; the server's own is sent. */
function inDialect(headers: unknown, dialect: Dialect): unknown {
  const filters = filtersOf(headers);
  if (filters === undefined) return headers;
  return dialect.headers === 'map' ? Object.fromEntries(filters) : filters.map(([name, value]) => ({ [name]: value }));
}

/** Names and expressions, from either form; undefined where the value is neither. */
function filtersOf(headers: unknown): [string, unknown][] | undefined {
  if (isFields(headers)) return Object.entries(headers);
  if (!Array.isArray(headers) || !headers.every(isFields)) return undefined;
  return headers.flatMap((header) => Object.entries(header));
}

function hasFilters(headers: unknown): boolean {
  return headers !== undefined && headers !== null && filtersOf(headers)?.length !== 0;
}
