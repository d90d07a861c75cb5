/** Plain data as YAML in block style: every text that could be anything else stands in double quotes, as JSON writes it. Many times faster than a general writer. */
export function toYaml(value: unknown): string {
  const text = isBlock(value) ? block(value, '', '') : scalar(value);
  return `${text}\n`;
}

type Block = readonly unknown[] | Record<string, unknown>;

/** `first` stands before the first line, which may go on after a dash; `rest` before all others. */
function block(value: Block, first: string, rest: string): string {
  let text = '';
  let before = first;
  const add = (head: string, one: unknown, deeper: string): void => {
    if (text !== '') text += '\n';
    text += before + head;
    before = rest;
    if (!isBlock(one)) text += ` ${scalar(one)}`;
    else if (head === '-') text += block(one, ' ', deeper);
    else text += `\n${block(one, deeper, deeper)}`;
  };
  if (isList(value)) for (const one of value) add('-', one, `${rest}  `);
  else for (const name in value) if (value[name] !== undefined) add(`${scalar(name)}:`, value[name], `${rest}  `);
  return text;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Lists and objects that are not empty. */
function isBlock(value: unknown): value is Block {
  if (typeof value !== 'object' || value === null) return false;
  if (isList(value)) return value.length > 0;
  for (const name in value) if ((value as Record<string, unknown>)[name] !== undefined) return true;
  return false;
}

/** Letters first, and no word that is a value of its own. */
const plainText = /^(?!(?:true|false|null|yes|no|on|off|y|n)$)[a-z][\w./-]*$/i;

const [longestKept, mostKept] = [40, 20_000];
const kept = new Map<string, string>();

function scalar(value: unknown): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null';
  if (typeof value !== 'string') return JSON.stringify(value) ?? 'null';
  const known = kept.get(value);
  if (known !== undefined) return known;
  const text = plainText.test(value) ? value : quoted(value);
  if (value.length <= longestKept && kept.size < mostKept) kept.set(value, text);
  return text;
}

/** JSON is YAML, but for characters that end a line there, or may not stand in it. */
function quoted(value: string): string {
  return JSON.stringify(value).replaceAll(/[\u007F-\u009F\u2028\u2029\uFEFF]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
