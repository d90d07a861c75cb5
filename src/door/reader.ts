import { ConformanceError } from '../model/errors.ts';
import { inputs, type InputName, type RawInputs } from './inputs.ts';
import { resolvePath } from './paths.ts';

/** How the user of a door spells an input, and where its paths begin. */
export interface Spelling {
  /** `mesh_deployed` in a workflow, `--mesh-deployed` in a terminal. */
  label: (input: InputName | 'fault') => string;
  /** Where relative paths begin. */
  directory: string;
  /** The home of `~/`. */
  home: string;
}

export type Reader = ReturnType<typeof reader>;

/** Reads inputs one by one. What it gives throws a BAD_INPUT that names the input, its value and the remedy. */
export function reader(raw: RawInputs, door: Spelling) {
  const text = (input: InputName | 'fault'): string => raw[input]?.trim() || (input === 'fault' ? '' : inputs[input].default);
  const bad = (input: InputName | 'fault', remedy: string): ConformanceError =>
    new ConformanceError('BAD_INPUT', `${door.label(input)} is ${JSON.stringify(text(input))}: ${remedy}.`);
  return {
    label: door.label,
    text,
    bad,
    choice<T extends string>(input: InputName, choices: readonly T[], more?: string): T {
      const found = choices.find((choice) => choice === text(input));
      if (found !== undefined) return found;
      throw bad(input, `write ${orOf(choices)}${more === undefined ? '' : `; ${more}`}`);
    },
    matching(input: InputName, pattern: RegExp, remedy: string): string | undefined {
      const value = text(input);
      if (value === '') return undefined;
      if (!pattern.test(value)) throw bad(input, remedy);
      return value;
    },
    flag(input: InputName): boolean {
      return this.choice(input, ['true', 'false'], 'nothing else is understood') === 'true';
    },
    list: (input: InputName): string[] => [...new Set(text(input).split(/[,\n]/).map((part) => part.trim()).filter((part) => part !== ''))],
    path(input: InputName): string | undefined {
      const value = text(input);
      return value === '' ? undefined : resolvePath(value, door);
    },
  };
}

function orOf(choices: readonly string[]): string {
  return choices.length < 2 ? choices.join('') : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}
