import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { load } from 'js-yaml';

/** What `action.yml` says of an input or an output. */
export interface Metadata {
  inputs: Record<string, { description: string; required?: boolean; default?: string }>;
  outputs: Record<string, { description: string }>;
}

/** Reads the action's metadata. */
export async function readMetadata(root: string): Promise<Metadata> {
  return load(await readFile(join(root, 'action.yml'), 'utf8')) as Metadata;
}

/** The text with the tables of inputs and outputs between their markers. Throws where a marker is missing. */
export function withTables(text: string, { inputs, outputs }: Metadata): string {
  const inputRows = Object.entries(inputs).map(([name, { description, default: standard }]) => [`\`${name}\``, oneLine(description), standard ? `\`${standard}\`` : '']);
  const outputRows = Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, oneLine(description)]);
  const withInputs = between(text, 'inputs', table(['input', 'what it says', 'default'], inputRows));
  return between(withInputs, 'outputs', table(['output', 'what it holds'], outputRows));
}

function between(text: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name}: written by npm run docs -->`, `<!-- end of ${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the README needs the lines "${begin}" and "${end}", in this order`);
  return `${text.slice(0, from + begin.length)}\n\n${content}\n\n${text.slice(to)}`;
}

function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}

if (import.meta.main) {
  const root = resolve(import.meta.dirname, '..');
  const path = join(root, 'README.md');
  await writeFile(path, withTables(await readFile(path, 'utf8'), await readMetadata(root)));
}
