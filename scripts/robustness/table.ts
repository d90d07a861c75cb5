/** How one run came out, for the table. */
export interface Row {
  seed: number;
  where: string;
  what: string;
  at: string;
  ended: string;
  /** How much it left behind. */
  before: number;
  remedy: string;
  after: string[];
}

/** The table of one kind of run, and how many of them left nothing. Pure. */
export function tableOf(rows: readonly Row[]): string {
  const whole = rows.filter(({ after }) => after.length === 0).length;
  const cells = rows.map(({ seed, where, what, at, ended, before, remedy, after }) => [String(seed), where, what, at, ended, String(before), remedy, after.join(', ') || 'nothing']);
  const head = ['seed', 'cluster', 'what goes wrong', 'where', 'how the run ended', 'left by it', 'who came after', 'left then'];
  return `**${whole} of ${rows.length} runs left nothing.**\n\n${[head, head.map(() => '---'), ...cells].map((row) => `| ${row.join(' | ')} |`).join('\n')}`;
}

/** The page with one of its tables renewed. Throws where it has no place for it. Pure. */
export function withTable(page: string, name: 'stand-ins' | 'real', table: string): string {
  const [begin, end] = [`<!-- ${name}: written by npm run robustness -->`, `<!-- end of ${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/robustness.md needs the lines "${begin}" and "${end}", in this order`);
  return `${page.slice(0, from + begin.length)}\n\n${table}\n\n${page.slice(to)}`;
}
