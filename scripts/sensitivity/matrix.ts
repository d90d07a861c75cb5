import { matchesGlob } from 'node:path';
import type { Assertion } from '../../src/model/assertion.ts';
import type { Fault } from '../../src/reference/faults/index.ts';
import type { Suite } from '../../src/suite/index.ts';

/** What a run of the whole suite showed of one wrong behaviour. Ids, sorted. */
export interface Row {
  fault: string;
  /** Those that failed: they caught it by what they saw. */
  failed: string[];
  /** Those whose gate failed, so that they could not be judged. */
  inconclusive: string[];
  /** Those that saw the lesser behaviour that they declare. */
  partial: string[];
  /** Those that could not be judged: never because of a mesh. */
  errors: string[];
}

/** Those that did not pass by what they saw. */
function caughtBy({ failed, partial }: Row): string[] {
  return [...failed, ...partial];
}

/** Whether an assertion counts for capability and compliance. */
export function isScored({ requirement: { level } }: Assertion): boolean {
  return level === 'must' || level === 'should';
}

/** What is wrong with a matrix, in sentences; empty where it proves what it is there for. Pure. */
export function problemsOf(rows: readonly Row[], faults: readonly Fault[], { assertions }: Pick<Suite, 'assertions'>): string[] {
  const byFault = new Map(rows.map((row) => [row.fault, row]));
  const perFault = faults.flatMap(({ name, kills, mayAffect }) => {
    const row = byFault.get(name);
    if (row === undefined) return [`${name}: not run`];
    const changed = [...row.failed, ...row.inconclusive, ...row.partial];
    const missed = kills.filter((id) => !changed.includes(id));
    const strayed = changed.filter((id) => ![...kills, ...mayAffect].some((pattern) => matchesGlob(id, pattern)));
    return [
      ...(caughtBy(row).length === 0 ? [`${name}: nothing failed, in part or whole`] : []),
      ...(missed.length === 0 ? [] : [`${name}: not caught by ${missed.join(', ')}`]),
      ...(strayed.length === 0 ? [] : [`${name}: changed ${strayed.join(', ')}, which is outside its reach`]),
      ...(row.errors.length === 0 ? [] : [`${name}: could not be judged: ${row.errors.join(', ')}`]),
    ];
  });
  const killed = new Set(rows.flatMap(caughtBy));
  const unkilled = assertions.filter(isScored).flatMap(({ id }) => (killed.has(id) ? [] : [id]));
  return [...perFault, ...(unkilled.length === 0 ? [] : [`nothing makes these fail: ${unkilled.join(', ')}`])];
}

/** `docs/sensitivity.md`. Pure. */
export function textOf(rows: readonly Row[], faults: readonly Fault[], { assertions, digest, version }: Pick<Suite, 'assertions' | 'digest' | 'version'>): string {
  const byFault = new Map(rows.map((row) => [row.fault, row]));
  const code = (ids: readonly string[]): string => ids.map((id) => `\`${id}\``).join(', ');
  const lines = faults.map(({ name, row, title }) => {
    const { failed = [], partial = [], inconclusive = [] } = byFault.get(name) ?? {};
    return `| \`${name}\` | ${row} | ${title} | ${code(failed)}${partial.length === 0 ? '' : `; in part: ${code(partial)}`} | ${inconclusive.length} |`;
  });
  // In the order of the faults, however the runs ended.
  const inOrder = faults.flatMap(({ name }) => byFault.get(name) ?? []);
  const killersOf = (id: string): string[] => inOrder.filter((row) => caughtBy(row).includes(id)).map(({ fault }) => fault);
  const scored = assertions.filter(isScored);
  return `# Sensitivity

Written by \`npm run sensitivity\`: the whole suite against every wrong behaviour that the reference mesh can be switched to. A wrong behaviour that
nothing catches, an assertion that nothing makes fail, and a verdict that changes outside a wrong behaviour's declared reach each end it with status 1.

Suite ${version}, digest \`${digest}\`. ${faults.length} wrong behaviours; ${scored.length} scored assertions. A row number is that of the catalogue's table of wrong behaviours, \`+\` is one of ours.

## By wrong behaviour
The last column counts assertions that stand behind a gate that failed: they are \`inconclusive\`, never \`pass\`.

| fault | row | what is wrong | caught by | inconclusive |
|---|---|---|---|---|
${lines.join('\n')}

## By assertion
| assertion | level | made to fail by |
|---|---|---|
${scored.map(({ id, requirement: { level } }) => `| \`${id}\` | ${level} | ${code(killersOf(id))} |`).join('\n')}
`;
}
