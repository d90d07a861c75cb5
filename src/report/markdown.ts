import { plain } from './text.ts';

/** Text of strangers in Markdown: neither Markdown nor HTML, neither a mention nor a reference, and on one line. */
export function md(text: string, most = 1000): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '@': '&#64;', '#': '&#35;', ':': '&#58;', '|': '&#124;' };
  return plain(text, most)
    .replaceAll(/[&<>@#|]|:(?=\/\/)/g, (character) => entities[character] ?? character)
    .replaceAll(/[\\`*_~[\]{}!$]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** One row of a table; cells are escaped already. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

export function tableHead(names: readonly string[], alignments: readonly ('left' | 'right')[] = []): string {
  return `${tableRow(names)}\n${tableRow(names.map((_, index) => (alignments[index] === 'right' ? '---:' : '---')))}`;
}

/** Bytes of a text in UTF-8. */
export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
