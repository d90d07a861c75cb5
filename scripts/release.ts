import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** What a release is told from. */
export interface Release {
  /** `v1.2.3` */
  tag: string;
  /** Of `package.json`. */
  version: string;
  /** Of `package-lock.json`. */
  locked: string;
  /** `CHANGELOG.md` */
  changelog: string;
}

/** The notes of a release: what the changelog says of its version. Throws where tag, versions and changelog are not of one release, naming each that is not. */
export function notesOf({ tag, version, locked, changelog }: Release): string {
  const notes = sectionOf(changelog, version);
  const problems = [
    ...(/^v\d+\.\d+\.\d+(-[\w.]+)?$/.test(tag) ? [] : [`${tag} is no tag of a release, such as v1.2.3 or v1.2.3-rc.1`]),
    ...(tag === `v${version}` ? [] : [`the tag is ${tag}, and package.json has ${version}`]),
    ...(locked === version ? [] : [`package-lock.json has ${locked}, and package.json ${version}: npm install --package-lock-only`]),
    ...(notes === undefined ? [`CHANGELOG.md has no section "## ${version}"`] : notes === '' ? [`CHANGELOG.md says nothing of ${version}`] : []),
  ];
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return notes ?? '';
}

/** What stands below a version's heading: `## 1.2.3` or `## 1.2.3 (2026-01-31)`. */
function sectionOf(changelog: string, version: string): string | undefined {
  const [, ...sections] = `\n${changelog}`.split('\n## ');
  const section = sections.find((one) => one.split(/\s/, 1)[0] === version);
  return section?.slice(section.indexOf('\n') === -1 ? section.length : section.indexOf('\n')).trim();
}

if (import.meta.main) {
  const root = resolve(import.meta.dirname, '..');
  const read = (name: string): Promise<string> => readFile(join(root, name), 'utf8');
  const versionIn = async (name: string): Promise<string> => (JSON.parse(await read(name)) as { version: string }).version;
  try {
    console.log(notesOf({ tag: process.argv[2] ?? '', version: await versionIn('package.json'), locked: await versionIn('package-lock.json'), changelog: await read('CHANGELOG.md') }));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
