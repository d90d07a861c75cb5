import { end, engineTrouble, hang, openEngine } from './docker-engine.ts';
import { type CommandSpec, findCommand, parseFlags } from './docker-flags.ts';

/** `docker`, as far as it is called by itself: https://docs.docker.com/reference/cli/docker/version/ */
const commands: Record<string, CommandSpec> = { version: { flags: { 'format,f': 'string' }, args: [0, 0] } };

const [folder = '', ...words] = process.argv.slice(2);
const engine = openEngine(folder);
engine.note({ program: 'docker', args: words, env: process.env });
try {
  const { name, rest } = findCommand(commands, words);
  const { flags } = parseFlags(commands[name] ?? { flags: {}, args: [0, 0] }, rest);
  const fault = engine.fault('docker version');
  if (fault === 'hangs') await hang();
  const trouble = engineTrouble(fault);
  if (trouble !== undefined) end(1, trouble);
  if (fault !== undefined) end(1, 'Error response from daemon: something of its own');
  end(0, '', flags.get('format') === '{{.Server.Version}}' ? '28.5.1\n' : 'Client: …\n');
} catch (error) {
  end(125, `${(error as Error).message}\n\nUsage:  docker COMMAND`);
}
