import { access, constants, readdir } from 'node:fs/promises';
import { basename, isAbsolute, join, relative } from 'node:path';
import { ConformanceError } from '../model/errors.ts';

export interface LeftOut {
  path: string;
  why: string;
}

/** Beside what the run itself writes: the note of an upload, and the logs that a cluster left which did not boot. */
const receipt = 'upload.json';
const logs = 'logs';

/**
 * What goes into the artifact: the files of the run and nothing else, since its folder may be one that has other things in it. What the
 * service would refuse, or what cannot be read, is left out: for one odd name among a node's logs the report must not be lost.
 */
export async function artifactFiles(directory: string, files: readonly string[]): Promise<{ paths: string[]; leftOut: LeftOut[] }> {
  const there = await namesIn(directory);
  const wanted = [...files, ...(there.includes(receipt) ? [join(directory, receipt)] : []), ...(there.includes(logs) ? await regularFilesIn(join(directory, logs)) : [])];
  const leftOut: LeftOut[] = [];
  const paths: string[] = [];
  for (const path of wanted.toSorted()) {
    const why = insideOf(path, directory) ? await refusalOf(path) : 'it is in another folder';
    if (why === undefined) paths.push(path);
    else leftOut.push({ path: relative(directory, path), why });
  }
  if (paths.length === 0) throw new ConformanceError('ARTIFACT_FAILED', `There is no file of the run in ${directory} to be kept as an artifact. See why the report was not written.`);
  return { paths, leftOut };
}

function insideOf(path: string, directory: string): boolean {
  const way = relative(directory, path);
  return !way.startsWith('..') && !isAbsolute(way);
}

async function refusalOf(path: string): Promise<string | undefined> {
  // What the service allows on none of the systems that an artifact may be unpacked on.
  if (/["<>:|*?\r\n]/.test(basename(path))) return 'its name has a character that artifacts may not have';
  try {
    await access(path, constants.R_OK);
    return undefined;
  } catch (error) {
    return `it cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`;
  }
}

async function regularFilesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  // Nodes keep links among their logs, some to what is gone; the files that they lead to are there by themselves.
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
