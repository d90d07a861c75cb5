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

/** The page that says what was tried, and what was left. Pure. */
export function tableOf(rows: readonly Row[]): string {
  const whole = rows.filter(({ after }) => after.length === 0).length;
  const cells = rows.map(({ seed, where, what, at, ended, before, remedy, after }) => [String(seed), where, what, at, ended, String(before), remedy, after.join(', ') || 'nothing']);
  const head = ['seed', 'cluster', 'what goes wrong', 'where', 'how the run ended', 'left by it', 'who came after', 'left then'];
  return `# Robustness

Written by \`npm run robustness\`. In each run something goes wrong at a point that a seed decides, the same for the same seed: the program is killed, also while a command of its own goes on without it or while it
cleans up; a command fails; the API server fails, once or for good, or forbids. Then \`cleanup\`, the action's post step or the sweep of the next run comes after it, and whatever is left is counted:
containers, namespaces, releases of Helm, journals and folders of runs. A run that lives on is cancelled as a runner cancels it.

The whole program runs, as a process of its own. Docker, kind, Helm and the API server are stand-ins, which refuse what the real ones refuse; \`npm run e2e\` does the same with a real kind, killed and cancelled half-way.

**${whole} of ${rows.length} runs left nothing.**

${[head, head.map(() => '---'), ...cells].map((row) => `| ${row.join(' | ')} |`).join('\n')}
`;
}
