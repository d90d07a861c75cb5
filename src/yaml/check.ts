import { open } from 'node:fs/promises';
import type { DefinedError } from 'ajv';
import { load, YAMLException } from 'js-yaml';
import { ConformanceError, messageOf } from '../model/errors.ts';
import { positionsIn, type Position, type Positions } from './positions.ts';
import type { Validator } from './schema.ts';
import { findingsOf } from './words.ts';

/** Something wrong in a file, at a place that an editor can go to. */
export interface Problem extends Position {
  file: string;
  /** JSON pointer of the value that it is about; empty for the whole document, and where the text is no YAML. */
  pointer: string;
  message: string;
}

export type BadFileCode = 'BAD_DEFINITION' | 'BAD_ASSERTION';

/** Everything that is wrong with a file. The message has a line for each problem, ten at most. */
export class BadFile extends ConformanceError {
  readonly problems: readonly Problem[];
  constructor(code: BadFileCode, problems: readonly Problem[], options?: { cause?: unknown }) {
    const more = problems.length > mostShown ? [`and ${problems.length - mostShown} more`] : [];
    super(code, [...problems.slice(0, mostShown).map(describeProblem), ...more].join('\n'), options);
    this.problems = problems;
  }
}
const mostShown = 10;

/** `assertions/x.yaml:12:5 /steps/0: unknown field "sleep" (known: apply, patch)` */
export function describeProblem({ file, line, column, pointer, message }: Problem): string {
  return `${file}:${line}:${column}${pointer === '' ? '' : ` ${pointer}`}: ${message}`;
}

/** What a file holds, checked, and where each part of it stands, for checks that a schema cannot make. */
export interface Checked<T> {
  value: T;
  positionOf(pointer: string): Position;
}

/** Makes of what a file holds what is checked, such as by merging it over another file's. What it throws is a problem at the place that it names. */
export type Complete = (value: unknown) => unknown;

/** Something that `Complete` finds wrong. */
export class Incomplete extends Error {
  readonly pointer: string;
  constructor(pointer: string, message: string) {
    super(message);
    this.pointer = pointer;
  }
}

/** Reads and checks a YAML file. Rejects with `BadFile`, or with a `ConformanceError` of the same code where it cannot be read. */
export async function readChecked<T>(path: string, schema: Validator<T>, code: BadFileCode, complete?: Complete): Promise<Checked<T>> {
  return checkText(await readText(path, code), path, schema, code, complete);
}

/** Checks the text of a YAML file. Throws `BadFile`. Pure. */
export function checkText<T>(text: string, file: string, schema: Validator<T>, code: BadFileCode, complete: Complete = (value) => value): Checked<T> {
  const value = completed(text, file, code, complete);
  let found: Positions | undefined;
  const positions = (): Positions => (found ??= positionsIn(text));
  if (schema(value)) return { value, positionOf: (pointer) => positions().ofValue(pointer) };
  const problems = findingsOf((schema.errors ?? []) as DefinedError[]).map(({ pointer, key, message }): Problem => ({
    file,
    ...(key === undefined ? positions().ofValue(pointer) : positions().ofKey(pointer, key)),
    pointer,
    message,
  }));
  throw new BadFile(code, problems.toSorted((one, other) => one.line - other.line || one.column - other.column));
}

function completed(text: string, file: string, code: BadFileCode, complete: Complete): unknown {
  try {
    return complete(parse(text, file, code));
  } catch (error) {
    if (!(error instanceof Incomplete)) throw error;
    const { pointer, message } = error;
    throw new BadFile(code, [{ file, ...positionsIn(text).ofValue(pointer), pointer, message }], { cause: error });
  }
}

/** Aliases are refused: a few lines of them can stand for a document without end. */
function parse(text: string, file: string, code: BadFileCode): unknown {
  try {
    return load(text, { filename: file, maxAliases: 0 });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const position = { line: (error.mark?.line ?? 0) + 1, column: (error.mark?.column ?? 0) + 1 };
    throw new BadFile(code, [{ file, ...position, pointer: '', message: error.reason.includes('maxAliases') ? 'aliases (*name) are not allowed: write the value out' : `not valid YAML: ${error.reason}` }], { cause: error });
  }
}

const mostBytes = 1024 * 1024;

async function readText(path: string, code: BadFileCode): Promise<string> {
  try {
    await using handle = await open(path);
    const { size } = await handle.stat();
    if (size > mostBytes) throw new ConformanceError(code, `${path} is ${size} bytes long, and ${mostBytes} are allowed: it cannot be what it should be`);
    return await handle.readFile('utf8');
  } catch (error) {
    if (error instanceof ConformanceError) throw error;
    throw new ConformanceError(code, `${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
