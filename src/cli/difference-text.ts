import { identityOf } from '../judge/index.ts';
import type { Changed, ReportDifference } from '../report/difference.ts';

/** A difference of two reports in lines: what is worse comes first. */
export function differenceText({ worse, better, other, added, gone, same }: ReportDifference): string {
  const changes = (title: string, list: readonly Changed[]): string[] => section(title, list.map(({ before, after }) => `${identityOf(after)}: ${before.verdict} → ${after.verdict}`));
  const results = (title: string, list: ReportDifference['added']): string[] => section(title, list.map((result) => `${identityOf(result)}: ${result.verdict}`));
  return [...changes('worse', worse), ...changes('better', better), ...changes('other', other), ...results('added', added), ...results('gone', gone), `the same: ${same}`].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title}: ${lines.length}`, ...lines.map((line) => `  ${line}`)];
}
