import { Option } from 'commander';
import type { Report } from '../model/report.ts';
import type { Terminal } from './terminal.ts';

export const formats = ['table', 'json', 'junit', 'yaml'] as const;
export type Format = (typeof formats)[number];

/** The option that chooses what stdout gets. */
export function formatOption(): Option {
  return new Option('--format <FORMAT>', 'what is written to stdout').choices(formats).default('table' satisfies Format);
}

/** A report as one of the formats. */
export async function render(report: Report, format: Format, { colour, width }: Pick<Terminal, 'colour' | 'width'>): Promise<string> {
  const { toJson, toJUnit, toTable, toYaml } = await import('../report/index.ts');
  switch (format) {
    case 'table':
      return toTable(report, { color: colour, width });
    case 'json':
      return toJson(report);
    case 'junit':
      return toJUnit(report);
    case 'yaml':
      return toYaml(report);
  }
}
