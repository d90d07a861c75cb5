export type FlagKind = 'string' | 'bool' | 'duration' | 'int';

export interface CommandSpec {
  /** By name; with a shorthand as `name,n`. */
  flags: Record<string, FlagKind>;
  /** How many arguments beside flags. */
  args: [number, number];
}

export interface Parsed {
  flags: Map<string, string>;
  args: string[];
}

/** Reads arguments as the library of docker, kind and minikube does (pflag), and throws what it says where one is not as documented. */
export function parseFlags({ flags: known, args: [least, most] }: CommandSpec, words: readonly string[]): Parsed {
  const kinds = new Map(Object.entries(known).flatMap(([key, kind]) => key.split(',').map((name, _index, [long]) => [name, { long: long ?? name, kind }] as const)));
  const flags = new Map<string, string>();
  const args: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const [, dashes = '', name = '', given] = /^(--?)([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (dashes === '') {
      args.push(word);
      continue;
    }
    const flag = dashes === '--' || name.length === 1 ? kinds.get(name) : undefined;
    if (flag === undefined) throw new Error(dashes === '--' ? `unknown flag: --${name}` : `unknown shorthand flag: '${name[0]}' in -${name}`);
    const value = given ?? (flag.kind === 'bool' ? 'true' : words[(index += 1)]);
    if (value === undefined) throw new Error(`flag needs an argument: --${name}`);
    if (!valid[flag.kind].test(value)) throw new Error(`invalid argument "${value}" for "--${name}" flag`);
    flags.set(flag.long, value);
  }
  if (args.length < least) throw new Error(`requires at least ${least} arg(s), only received ${args.length}`);
  if (args.length > most) throw new Error(most === 0 ? `unknown command "${args[0]}"` : `accepts at most ${most} arg(s), received ${args.length}`);
  return { flags, args };
}

const valid: Record<FlagKind, RegExp> = { string: /^/, bool: /^(true|false|1|0|t|f|T|F|TRUE|FALSE|True|False)$/, duration: /^(\d+(\.\d+)?(ns|us|ms|s|m|h))+$|^0$/, int: /^-?\d+$/ };

/** Finds the command that the first words name; throws for one that there is not. */
export function findCommand(commands: Record<string, CommandSpec>, words: readonly string[]): { name: string; rest: string[] } {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ');
    if (commands[name] !== undefined) return { name, rest: words.slice(length) };
  }
  throw new Error(`unknown command "${words[0]}"`);
}
