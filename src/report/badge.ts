import type { Report } from '../model/report.ts';
import { headlineOf } from './headline.ts';

const colors = { passed: 'brightgreen', failed: 'red', 'nothing offered': 'lightgrey' };

/**
 * A badge for the endpoint of shields.io. Only a complete report of a real cluster has one: a part of the suite says nothing about
 * a mesh, and the reference mesh is nobody's product.
 */
export function toBadge(report: Report): string | undefined {
  const { word } = headlineOf(report);
  if (word === 'incomplete' || report.kubernetes.cluster === 'embedded') return undefined;
  const { must } = report.summary;
  const message = word === 'nothing offered' ? word : `${word} ${must.passed}/${must.applicable}`;
  return `${JSON.stringify({ schemaVersion: 1, label: 'SMI conformance', message, color: colors[word], isError: word === 'failed' })}\n`;
}
