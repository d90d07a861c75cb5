import { ConformanceError } from '../model/errors.ts';
import { nameOfId, specificationOfId } from '../judge/index.ts';
import { nearest } from '../yaml/index.ts';

/**
 * Whether a pattern covers an assertion: `*` stands for anything within a segment, `**` for anything. A pattern without a slash is a
 * name (`default-deny`, `weighted-*`) or a whole specification (`traffic-split`).
 */
export function matches(pattern: string, id: string): boolean {
  if (pattern.includes('/')) return globOf(pattern).test(id);
  const glob = globOf(pattern);
  return glob.test(nameOfId(id)) || glob.test(specificationOfId(id));
}

export interface Selection {
  ids: Set<string>;
  /** Patterns of `skip` that cover nothing: leaving out what is not there changes nothing, but is likely to be a slip. */
  warnings: string[];
}

/**
 * What `only` and `skip` leave of the suite; `skip` wins. Throws NOTHING_SELECTED for a pattern of `only` that covers nothing, even where another
 * one covers something (a slip must not shorten a run in silence), and where nothing is left.
 */
export function select(ids: readonly string[], only: readonly string[], skip: readonly string[]): Selection {
  for (const pattern of only) {
    if (!ids.some((id) => matches(pattern, id))) throw new ConformanceError('NOTHING_SELECTED', `only: ${pattern} covers no assertion${meant(pattern, ids)}. See them all with: smi-conformance list`);
  }
  const chosen = ids.filter((id) => (only.length === 0 || only.some((pattern) => matches(pattern, id))) && !isSkipped(id, skip));
  if (chosen.length === 0) throw new ConformanceError('NOTHING_SELECTED', 'only and skip together leave no assertion: take something out of skip');
  const idle = skip.filter((pattern) => !ids.some((id) => matches(pattern, id)));
  return { ids: new Set(chosen), warnings: idle.map((pattern) => `skip: ${pattern} covers no assertion, so it leaves nothing out${meant(pattern, ids)}`) };
}

/** Whether `skip` leaves an assertion out. */
export function isSkipped(id: string, skip: readonly string[]): boolean {
  return skip.some((pattern) => matches(pattern, id));
}

function globOf(pattern: string): RegExp {
  const parts = pattern.split(/(\*+)/).map((part) => (part.startsWith('**') ? '.*' : part === '*' ? '[^/]*' : part.replaceAll(/[\\^$.|?+()[\]{}]/g, String.raw`\$&`)));
  return new RegExp(`^${parts.join('')}$`);
}

function meant(pattern: string, ids: readonly string[]): string {
  const names = pattern.includes('/') ? nearestIds(pattern, ids) : nearest(pattern, ids.flatMap((id) => [nameOfId(id), specificationOfId(id)]));
  return names.length === 0 ? '' : ` (did you mean ${names.join(' or ')}?)`;
}

/** The ids that a person is likely to have meant. Where the specification is right, the names alone are compared: all ids of one are alike. */
export function nearestIds(wanted: string, ids: readonly string[]): string[] {
  const specification = specificationOfId(wanted);
  const same = ids.filter((id) => specificationOfId(id) === specification);
  return same.length === 0 ? nearest(wanted, ids) : nearest(nameOfId(wanted), same.map(nameOfId)).map((name) => `${specification}/${name}`);
}
