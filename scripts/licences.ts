import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle } from './bundle.ts';

/** The text of `dist/licenses.txt`: every package of which code is in the bundle, with its licence, and the notices that its code carries. */
export function licences(root: string, { metafiles, legal }: Pick<Bundle, 'metafiles' | 'legal'>): string {
  const used = metafiles.flatMap(({ outputs }) => Object.values(outputs)).flatMap(({ inputs }) => Object.entries(inputs));
  const folders = new Set(used.filter(([, { bytesInOutput }]) => bytesInOutput > 0).flatMap(([path]) => packageFolder(path) ?? []));
  const packages = [...folders].map((folder) => entry(join(root, folder)));
  const sections = [...new Map(packages.map((one) => [one.title, one])).values()].sort((a, b) => (a.title < b.title ? -1 : 1));
  // Many have the very same text: it is there once, below all of their names.
  const texts = [...Map.groupBy(sections, ({ text }) => text)].map(([text, same]) => `${same.map(({ title }) => title).join('\n')}\n\n${text}`);
  if (legal.length > 0) texts.push(`Notices in the code\n\n${legal.join('\n\n')}`);
  return `${texts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`.replaceAll('\r\n', '\n');
}

/** The folder of the package that a bundled file belongs to; undefined for the project's own. */
function packageFolder(path: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
}

function entry(folder: string): { title: string; text: string } {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string; version: string; license?: string };
  const file = readdirSync(folder).filter((one) => /^(licen[cs]e|copying)/i.test(one)).sort()[0];
  if (file === undefined && license === undefined) throw new Error(`${name} ${version} says nothing of its licence: it must not be bundled`);
  return { title: `${name} ${version} (${license ?? 'see below'})`, text: file === undefined ? `Licence: ${license}` : readFileSync(join(folder, file), 'utf8').replaceAll(/[ \t\r]+$/gm, '').trim() };
}
