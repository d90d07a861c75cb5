import type { DefinedError } from 'ajv';
import { nearest } from './nearest.ts';

/** Something that is wrong with a value: where, and in words that say what is allowed. */
export interface Finding {
  /** JSON pointer of the value, or of the map that holds `key`. */
  pointer: string;
  /** The key itself is wrong, not its value. */
  key?: string;
  message: string;
}

/** Turns the validator's errors into words: unknown fields with the nearest known one, allowed values, missing fields; without what merely repeats another error. Pure. */
export function findingsOf(errors: readonly DefinedError[]): Finding[] {
  const findings = errors.filter((error) => !isRepetition(error, errors)).map((error) => ({ pointer: error.instancePath, ...finding(error) }));
  return findings.filter(({ pointer, message }, index) => findings.findIndex((other) => other.pointer === pointer && other.message === message) === index);
}

type Words = Omit<Finding, 'pointer'>;

function finding(error: DefinedError): Words {
  const { propertyName: name } = error;
  return name === undefined ? words(error) : { key: name, message: `the key is not allowed: ${words(error).message}` };
}

function words(error: DefinedError): Words {
  switch (error.keyword) {
    case 'additionalProperties': {
      const { additionalProperty: unknown } = error.params;
      return { key: unknown, message: `unknown field ${quoted(unknown)}${meant(unknown, fieldsOf(error))} (known: ${fieldsOf(error).join(', ')})` };
    }
    case 'required':
      return { message: `the field ${quoted(error.params.missingProperty)} is missing` };
    case 'enum': {
      const values = error.params.allowedValues.map(String);
      return { message: `${shown(error.data)} is not one of ${values.join(', ')}${typeof error.data === 'string' ? meant(error.data, values) : ''}` };
    }
    case 'const':
      return { message: `must be ${quoted(error.params.allowedValue)}, and is ${shown(error.data)}` };
    case 'type':
      return { message: `must be ${[error.params.type].flat().flatMap((type) => String(type).split(',')).map((type) => typeNames[type] ?? type).join(' or ')}, and is ${shown(error.data)}` };
    case 'pattern':
      return { message: `${shown(error.data)} must match ${error.params.pattern}${described(error)}` };
    case 'minLength':
    case 'maxLength':
      return { message: `must have ${error.keyword === 'minLength' ? 'at least' : 'at most'} ${error.params.limit} characters, and has ${String(error.data).length}` };
    case 'minItems':
    case 'maxItems':
      return { message: `must have ${error.keyword === 'minItems' ? 'at least' : 'at most'} ${counted(error.params.limit, 'item')}, and has ${(error.data as unknown[]).length}` };
    case 'minProperties':
      return { message: `must have at least ${counted(error.params.limit, 'field')}` };
    case 'uniqueItems':
      return { message: `items ${Math.min(error.params.i, error.params.j) + 1} and ${Math.max(error.params.i, error.params.j) + 1} are the same` };
    case 'minimum':
    case 'maximum':
      return { message: `must be ${error.keyword === 'minimum' ? 'at least' : 'at most'} ${error.params.limit}, and is ${shown(error.data)}` };
    case 'oneOf':
    case 'anyOf':
      return { message: choice(error) };
    default:
      return { message: error.message ?? `breaks the rule ${error.keyword}` };
  }
}

/** Says which of several fields have to be there, where a schema lists nothing but required fields. */
function choice(error: DefinedError): string {
  const fields = alternatives(error);
  if (fields === undefined) return `${shown(error.data)} has none of the forms that are allowed here${described(error)}`;
  const there = fields.filter((field) => Object.hasOwn(error.data as object, field));
  const because = /\/dependencies\/([^/]+)\//.exec(error.schemaPath)?.[1];
  const wanted = `${error.keyword === 'oneOf' ? 'exactly one' : 'at least one'} of ${fields.join(', ')} must be there${because === undefined ? '' : ` beside ${because}`}`;
  return there.length === 0 ? wanted : `${wanted}, not ${there.join(' and ')}`;
}

function alternatives({ schema }: DefinedError): string[] | undefined {
  const branches = Array.isArray(schema) ? (schema as { required?: string[] }[]) : [];
  return branches.length > 0 && branches.every((branch) => Object.keys(branch).join() === 'required') ? branches.flatMap(({ required }) => required ?? []) : undefined;
}

/** Branches of a choice fail one by one before the choice does, and wrappers repeat what they wrap: one error is enough. */
function isRepetition(error: DefinedError, all: readonly DefinedError[]): boolean {
  if (error.keyword === 'propertyNames' || error.keyword === 'if') return true;
  if (!isChoice(error)) return all.some((other) => isChoice(other) && isBranch(error, other) && !saysMore(error, other));
  const fields = alternatives(error);
  if (fields === undefined) return all.some((other) => saysMore(other, error));
  const isEmpty = fields.every((field) => !Object.hasOwn(error.data as object, field));
  return isEmpty && all.some((other) => other.keyword === 'additionalProperties' && other.instancePath === error.instancePath);
}

function isChoice({ keyword }: DefinedError): boolean {
  return keyword === 'oneOf' || keyword === 'anyOf';
}

function isBranch(error: DefinedError, choiceOf: DefinedError): boolean {
  return error.schemaPath.startsWith(`${choiceOf.schemaPath}/`);
}

/** An error inside a form that was plainly meant, as against one that only says that another form was. */
function saysMore(error: DefinedError, choiceOf: DefinedError): boolean {
  if (error.instancePath.startsWith(`${choiceOf.instancePath}/`)) return true;
  return isBranch(error, choiceOf) && !['type', 'const', 'enum', 'required'].includes(error.keyword);
}

const typeNames: Record<string, string> = { string: 'a text', integer: 'a whole number', number: 'a number', boolean: 'true or false', array: 'a list', object: 'a map', null: 'nothing' };

function fieldsOf({ parentSchema }: DefinedError): string[] {
  return Object.keys((parentSchema?.['properties'] ?? {}) as object);
}

function described({ parentSchema }: DefinedError): string {
  return typeof parentSchema?.['description'] === 'string' ? ` (${parentSchema['description']})` : '';
}

function meant(wanted: string, names: string[]): string {
  const [name] = nearest(wanted, names);
  return name === undefined ? '' : `; did you mean ${quoted(name)}?`;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a map' : quoted(value);
}

function quoted(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 78 ? `${text.slice(0, 77)}…"` : text;
}
