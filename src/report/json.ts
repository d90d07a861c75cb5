import type { Report } from '../model/report.ts';

/** `report.json`. */
export function toJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
