import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { ConformanceError, messageOf } from '../model/errors.ts';
import type { Problem } from '../yaml/index.ts';

/** One file of a suite. */
export interface SuiteText {
  /** Below the suite's folder, with slashes: `traffic-access/default-deny.yaml`. */
  name: string;
  /** As it is shown to the user. */
  path: string;
  text: string;
}

/** What a suite's folder holds. */
export interface Files {
  texts: SuiteText[];
  /** Files that were not read; `problems` says why. */
  refused: Omit<SuiteText, 'text'>[];
  problems: Problem[];
}

/** A suite may come from somebody else, so what is read of it is bounded. */
const mostBytes = 64 * 1024;
const mostFiles = 2000;

/** Reads the files of a suite's folder, in the order of their names. What cannot be a part of it is a problem: links that lead outside, files that are too large, and those whose ending would have them overlooked. */
export async function readFiles(directory: string): Promise<Files> {
  const names = await namesIn(directory);
  const texts: SuiteText[] = [];
  const refused: Files['refused'] = [];
  const problems: Problem[] = [];
  for (const name of names) {
    const path = join(directory, name);
    const found = await readText(path, directory);
    if ('text' in found) texts.push({ name, path, text: found.text });
    else {
      refused.push({ name, path });
      problems.push(problemOf(path, found.refused));
    }
  }
  return { texts, refused, problems };
}

/** Reads one file, `directory` being the folder that it must not lead out of. */
async function readText(path: string, directory: string): Promise<{ text: string } | { refused: string }> {
  if (path.endsWith('.yml')) return { refused: 'the ending is .yml, and .yaml is read: rename the file' };
  try {
    const real = await realpath(path);
    if (!isBelow(real, await realpath(directory))) return { refused: `a link that leads out of ${directory}: put the file itself here` };
    const facts = await stat(real);
    if (!facts.isFile()) return { refused: 'not a file: links to folders are not followed' };
    if (facts.size > mostBytes) return { refused: `${facts.size} bytes long, and ${mostBytes} are allowed: it cannot be what it should be` };
    return { text: (await readFile(path, 'utf8')).replaceAll('\r\n', '\n') };
  } catch (error) {
    return { refused: `cannot be read: ${messageOf(error)}` };
  }
}

/** SHA-256 over names and contents, in order: two suites with one digest are the same, whatever the line endings of the machine. */
export function digestOf(texts: readonly Pick<SuiteText, 'name' | 'text'>[]): string {
  const hash = createHash('sha256');
  // Lengths keep the end of one file from passing for the beginning of the next.
  for (const { name, text } of texts) hash.update(`${name}\0${Buffer.byteLength(text)}\0${text}`);
  return hash.digest('hex');
}

export function problemOf(file: string, message: string): Problem {
  return { file, line: 1, column: 1, pointer: '', message };
}

async function namesIn(directory: string): Promise<string[]> {
  const top = await entriesOf(directory, false);
  const below = await Promise.all(top.filter((entry) => entry.isDirectory() && isRoom(entry.name)).map(({ name }) => entriesOf(join(directory, name), true)));
  const names = [...top.filter(({ name }) => name === 'suite.yaml' || isRoom(name)), ...below.flat()]
    .filter((entry) => entry.isSymbolicLink() || (!entry.isDirectory() && /^[^.].*\.ya?ml$/.test(entry.name)))
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
    // By code units, so that every machine hashes in the same order.
    .toSorted((one, other) => (one < other ? -1 : 1));
  if (names.length > mostFiles) throw new ConformanceError('BAD_ASSERTION', `${directory} holds ${names.length} files of assertions, and ${mostFiles} are allowed`);
  return names;
}

async function entriesOf(directory: string, recursive: boolean): Promise<Dirent[]> {
  try {
    return await readdir(directory, { recursive, withFileTypes: true });
  } catch (error) {
    throw new ConformanceError('BAD_ASSERTION', `the suite's folder ${directory} cannot be read: ${messageOf(error)}. Name a folder that holds traffic-*/ and fixtures/, and, where it is a suite of its own, suite.yaml.`, { cause: error });
  }
}

/** Whether an entry of the suite's folder holds assertions or fixtures. */
function isRoom(name: string): boolean {
  return name === 'fixtures' || name.startsWith('traffic-');
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
