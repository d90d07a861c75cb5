/** An element of a parsed document. */
export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#10;': '\n' };
const tag = /<(?:(\/)([\w-]+)|([\w-]+)((?: [\w-]+="[^"<]*")*)(\/)?)>/y;

/** Parses the XML that this project writes, and refuses everything that is not well-formed or needs a feature that it does not use. */
export function parseXml(document: string): Element {
  const prolog = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!document.startsWith(prolog)) throw new Error('no prolog');
  const illegal = /[^\t\n\u0020-\u007E\u00A0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.exec(document);
  if (illegal) throw new Error(`character U+${illegal[0].codePointAt(0)?.toString(16)} at ${illegal.index}`);
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  let at = prolog.length;
  while (at < document.length) {
    const parent = open.at(-1) ?? root;
    const next = document.indexOf('<', at);
    parent.text += decoded(document.slice(at, next === -1 ? document.length : next));
    if (next === -1) break;
    tag.lastIndex = next;
    const match = tag.exec(document);
    if (!match) throw new Error(`no tag at ${next}: ${document.slice(next, next + 60)}`);
    const [, closing, closed, opened, attributes = '', empty] = match;
    if (closing) {
      if (open.pop()?.name !== closed) throw new Error(`</${closed}> closes nothing`);
    } else {
      const element: Element = { name: opened ?? '', attributes: attributesOf(attributes), children: [], text: '' };
      parent.children.push(element);
      if (!empty) open.push(element);
    }
    at = tag.lastIndex;
  }
  const [only, ...others] = root.children;
  if (open.length !== 1 || !only || others.length > 0 || root.text.trim() !== '') throw new Error('not one whole document');
  return only;
}

export function all(element: Element, name: string): Element[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)]);
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']): [string, string] => [name, decoded(value)]);
  if (new Set(pairs.map(([name]) => name)).size !== pairs.length) throw new Error(`an attribute twice: ${text}`);
  return Object.fromEntries(pairs);
}

function decoded(text: string): string {
  return text.replaceAll(/&(?:#?\w+;)?/g, (entity) => {
    const character = entities[entity];
    if (character === undefined) throw new Error(`unknown entity ${entity}`);
    return character;
  });
}
