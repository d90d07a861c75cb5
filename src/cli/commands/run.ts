import { Option } from 'commander';
import { carryOut, type CarriedOut } from '../../door/carry-out.ts';
import { factOf, inputNames, type InputName, type RawInputs } from '../../door/inputs.ts';
import { failureOf } from '../../door/failure.ts';
import { assetsFolder, stateDirectory } from '../../door/paths.ts';
import { toRequest } from '../../door/request.ts';
import { abortOnSignals } from '../../door/signals.ts';
import type { EventSink, RunEvent } from '../../model/event.ts';
import { flagOf } from '../flags.ts';
import { type Format, formatOption, render } from '../formats.ts';
import { prepare } from '../prepare.ts';
import type { AddCommand, Setting } from '../program.ts';
import { tellCauses } from '../tell.ts';
import type { Terminal } from '../terminal.ts';

/** `run`: the inputs of the action as options, but for those that have a meaning in a workflow only. */
export const addRun: AddCommand = (program, setting, end) => {
  const command = program.command('run').description('run the suite against a mesh');
  const options = new Map<InputName | 'fault', Option>(inputNames.filter((name) => factOf(name).only === undefined).map((name) => [name, optionOf(name)]));
  options.set('fault', new Option('--fault <NAME>', 'switch on a wrong behaviour of the reference mesh (embedded cluster only; see list --faults)'));
  for (const option of options.values()) command.addOption(option);
  command.addOption(formatOption()).action(async (values: Record<string, string>) => {
    const raw: RawInputs = Object.fromEntries([...options].map(([name, option]) => [name, values[option.attributeName()] ?? '']));
    end(await run(raw, values['format'] as Format, setting));
  });
};

async function run(raw: RawInputs, format: Format, { terminal, process }: Setting): Promise<number> {
  const { directory, home, environment } = terminal;
  const request = toRequest(raw, { label: flagOf, directory, home, confined: false, kubeconfig: environment['KUBECONFIG'] });
  const prepared = await prepare(raw, terminal);
  const stopping = abortOnSignals(process, (status) => process.exit(status));
  try {
    const { progressLines } = await import('../../door/progress.ts');
    const carriedOut = await carryOut(request, prepared, { sinks: [progress(terminal, progressLines(terminal.progressColour))], signal: stopping.signal, stateDirectory: stateDirectory(environment, home), assets: assetsFolder() });
    await show(carriedOut, format, terminal);
    return carriedOut.outcome.exitCode;
  } finally {
    stopping.stop();
  }
}

async function show({ outcome: { report, files, error }, said }: CarriedOut, format: Format, terminal: Terminal): Promise<void> {
  if (report !== undefined) {
    terminal.out(await render(report, format, terminal));
    // The table ends with the same.
    if (format !== 'table') terminal.tell((await import('../../door/closing.ts')).closingOf(report));
  }
  if (files['report'] !== undefined) terminal.tell(`report: ${files['report']}`);
  for (const { level, message } of said) terminal.tell(level === 'warning' ? `! warning: ${message}` : message);
  if (error !== undefined) terminal.tell(failureOf(error));
  if (error?.cause !== undefined) tellCauses(terminal, error.cause);
}

function progress(terminal: Terminal, lineOf: (event: RunEvent) => string | undefined): EventSink {
  return (event) => {
    const line = lineOf(event);
    if (line !== undefined) terminal.tell(line);
  };
}

function optionOf(name: InputName): Option {
  const { value, help, alias, default: standard } = factOf(name);
  const flags = alias === undefined ? flagOf(name) : `${alias}, ${flagOf(name)}`;
  const option = new Option(`${flags} <${value}>`, standard === '' ? help : `${help} (default: ${standard})`);
  // Lists may be given piece by piece.
  return ['only', 'skip', 'fail_on'].includes(name) ? option.argParser((one: string, before?: string) => (before === undefined ? one : `${before}\n${one}`)) : option;
}
