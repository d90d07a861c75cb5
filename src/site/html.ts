/** Markup that is safe to put into a page: only `html` makes it. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

export type Content = Html | string | number | false | undefined | readonly Content[];

/** Markup with values in it. Every text is escaped, wherever it comes from; what is `false` or undefined is left out. Attributes must be quoted. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  let text = strings[0] ?? '';
  for (let index = 0; index < values.length; index++) text += textOf(values[index]) + (strings[index + 1] ?? '');
  return new Html(text);
}

function textOf(content: Content): string {
  if (content === undefined || content === false) return '';
  if (content instanceof Html) return content.text;
  if (typeof content === 'object') return content.map(textOf).join('');
  return escape(String(content));
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** No character of a text can end it, and none can hide others or turn them round. */
export function escape(text: string): string {
  if (!special.test(text)) return text;
  return text.toWellFormed().replaceAll(/[&<>"'\p{Cc}\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu, (character) => entities[character] ?? (/[\t\n\r]/.test(character) ? ' ' : '\uFFFD'));
}
const special = /[^\w .,:;/()+\-=%@→·–×]/;
