import { dump } from 'js-yaml';
import type { Report } from '../model/report.ts';

/** The same report as YAML: no anchors, no folded lines, so that text tools find what they look for. */
export function toYaml(report: Report): string {
  return dump(report, { noRefs: true, lineWidth: -1 });
}
