import type { Resource } from '../../model/assertion.ts';
import { fieldsOf, listOf } from '../features.ts';
import { follow } from '../follow.ts';
import { type Flaw, homeNamespace, type Rule, withoutRepeats } from './rule.ts';

/** Regular expressions of routes mean the same to every engine, and none can keep one busy. What is to be refused is left alone. */
export const patterns: Rule = (subject) => {
  const steps = subject.assertion.steps.map((step, index) => ({ index, step })).filter(({ step }) => !('rejected' in step || 'try' in step));
  return withoutRepeats(follow(steps, homeNamespace(subject)).flatMap(({ writes }) => writes.flatMap(({ resource, pointer }) => patternFlaws(resource, pointer))));
};

/** What is wrong with the expressions of one resource. */
export function patternFlaws({ kind, spec }: Resource, pointer: string): Flaw[] {
  if (kind !== 'HTTPRouteGroup') return [];
  return listOf(spec['matches']).flatMap((match, at) => {
    const { pathRegex, headers } = fieldsOf(match);
    const filters = Array.isArray(headers) ? headers.flatMap((header: unknown, index) => named(header, `headers/${index}`)) : named(headers, 'headers');
    return [{ field: 'pathRegex', text: pathRegex }, ...filters].flatMap(({ field, text }) => {
      const message = typeof text === 'string' ? wrong(text) : undefined;
      return message === undefined ? [] : [{ pointer: `${pointer}/spec/matches/${at}/${field}`, message }];
    });
  });
}

function named(headers: unknown, at: string): { field: string; text: unknown }[] {
  return Object.entries(fieldsOf(headers)).map(([name, text]) => ({ field: `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, text }));
}

const longest = 200;

function wrong(text: string): string | undefined {
  if (text.length > longest) return `the expression has ${text.length} characters, and ${longest} are allowed`;
  try {
    new RegExp(text);
  } catch (error) {
    return `not a regular expression: ${error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : String(error)}`;
  }
  // RE2, which most proxies use, has neither.
  if (/\(\?(?![:])/.test(text) || /\\[1-9]/.test(text)) return `${JSON.stringify(text)} uses a lookaround, a named group, a flag or a back reference: not every proxy understands them`;
  if (/\([^()]*[*+}][^()]*\)[*+{]/.test(text)) return `${JSON.stringify(text)} repeats a repetition, which can keep a proxy busy without end: write it with one`;
  return undefined;
}
