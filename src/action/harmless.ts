/**
 * Text for the log of a workflow in which the runner finds no command. What a mesh or an API server answered stands in that log, and the
 * runner would obey a line that begins with `::`, or holds `##[`.
 */
export function harmless(text: string): string {
  return text.replaceAll(/^(\s*):(?=:)/gm, '$1: ').replaceAll('##[', '## [');
}
