import type { Report } from '../model/report.ts';

/** `report.json`: an assertion on each line, so that it is half as large as with all of its fields on lines of their own, and still read, searched and compared line by line. */
export function toJson({ assertions, ...head }: Report): string {
  const lines = assertions.map((assertion) => `    ${JSON.stringify(assertion)}`);
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "assertions": ${list}\n}\n`;
}
