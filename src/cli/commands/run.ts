import { Option } from 'commander';
import type { Outcome } from '../../conformance.ts';
import { inputNames, inputs, type InputFact, type InputName, type RawInputs } from '../../door/inputs.ts';
import { failureOf } from '../../door/failure.ts';
import { assetsFolder, stateDirectory } from '../../door/paths.ts';
import { toRequest } from '../../door/request.ts';
import { abortOnSignals } from '../../door/signals.ts';
import type { EventSink, RunEvent } from '../../model/event.ts';
import { type Format, formatOption, render } from '../formats.ts';
import type { AddCommand, Setting } from '../program.ts';
import { tellCauses } from '../tell.ts';
import type { Terminal } from '../terminal.ts';

/** `run`: every input of the action as an option. */
export const addRun: AddCommand = (program, setting, end) => {
  const command = program.command('run').description('run the suite against a mesh');
  const options = new Map<InputName | 'fault', Option>(inputNames.map((name) => [name, optionOf(name)]));
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
  if (raw.provider_token) terminal.tell('notice: uploading results comes in a later release, so this run does not use --provider-token.');
  const stopping = abortOnSignals(process, (status) => process.exit(status));
  try {
    const [{ conform }, { progressLines }] = await Promise.all([import('../../conformance.ts'), import('../../door/progress.ts')]);
    const outcome = await conform(request, { sinks: [progress(terminal, progressLines(terminal.progressColour))], signal: stopping.signal, stateDirectory: stateDirectory(environment, home), assets: assetsFolder() });
    await show(outcome, format, terminal);
    return outcome.exitCode;
  } finally {
    stopping.stop();
  }
}

async function show({ report, files, error }: Outcome, format: Format, terminal: Terminal): Promise<void> {
  if (report !== undefined) {
    terminal.out(await render(report, format, terminal));
    // The table ends with the same.
    if (format !== 'table') terminal.tell((await import('../../door/closing.ts')).closingOf(report));
  }
  if (files['report'] !== undefined) terminal.tell(`report: ${files['report']}`);
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
  const { value, help, alias, default: standard }: InputFact = inputs[name];
  const flags = alias === undefined ? flagOf(name) : `${alias}, ${flagOf(name)}`;
  const option = new Option(`${flags} <${value}>`, standard === '' ? help : `${help} (default: ${standard})`);
  // Lists may be given piece by piece.
  return ['only', 'skip', 'fail_on'].includes(name) ? option.argParser((one: string, before?: string) => (before === undefined ? one : `${before}\n${one}`)) : option;
}

function flagOf(name: InputName | 'fault'): string {
  return `--${name.replaceAll('_', '-')}`;
}
