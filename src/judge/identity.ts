import type { AssertionResult } from '../model/report.ts';

/** The specification part of an assertion's id: `traffic-access` of `traffic-access/default-deny`. */
export function specificationOfId(id: string): string {
  return id.slice(0, id.indexOf('/'));
}

/** The assertion's name within its specification: `default-deny`. */
export function nameOfId(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}

/** What identifies a result in reports, merges and histories: `traffic-access/default-deny@v1alpha3`. */
export function identityOf({ id, version }: Pick<AssertionResult, 'id' | 'version'>): string {
  return `${id}@${version}`;
}
