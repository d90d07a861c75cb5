import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { refMatches } from '../../src/attest/accounts.ts';
import { loadAccounts, publicLineOf, readPublicKey, servicesFor, unsignedText } from '../../src/attest/index.ts';
import { newKeys } from './bed.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'accounts-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const read = (text: string): ReturnType<typeof loadAccounts> => {
  const file = join(directory, 'accounts.yaml');
  writeFileSync(file, text);
  return loadAccounts(file);
};
const sound = (change: (text: string) => string = (text) => text): string => change(`meshes:
  osm:
    workflows:
      - repository: octo/mesh
        repositoryId: 4711
        workflow: .github/workflows/conformance.yml
        refs: [refs/heads/main, refs/tags/v*]
    robots:
      - name: osm-robot
        publicKey: ${publicLineOf(newKeys().publicKey)}
`);

describe('the list of accounts', () => {
  test('of this release can be read, and names only meshes that are known, and keys that are keys', async () => {
    const { meshes } = await loadAccounts(join(root, 'accounts/accounts.yaml'));
    const known = readdirSync(join(root, 'meshes')).map((name) => name.replace(/\.yaml$/, ''));
    expect(Object.keys(meshes).filter((id) => !known.includes(id))).toEqual([]);
    for (const { name, publicKey } of Object.values(meshes).flatMap(({ robots = [] }) => robots)) expect(readPublicKey(publicKey, name).asymmetricKeyType).toBe('ed25519');
  });

  test('is read from a path', async () => {
    expect(await read(sound())).toMatchObject({ meshes: { osm: { workflows: [{ repository: 'octo/mesh', repositoryId: 4711 }], robots: [{ name: 'osm-robot' }] } } });
  });

  test.each<[string, (text: string) => string, RegExp]>([
    ['no number of the repository', (text) => text.replace(/ +repositoryId.*\n/, ''), /accounts\.yaml:4:9 \/meshes\/osm\/workflows\/0: the field "repositoryId" is missing/],
    ['a pull request', (text) => text.replace('refs/heads/main', 'refs/pull/*'), /:7:16 \/meshes\/osm\/workflows\/0\/refs\/0: "refs\/pull\/\*" must match/],
    ['a key of another kind', (text) => text.replace(/MCowBQYDK2VwAyEA/, 'MIIBIjANBgkqhkiG'), /publicKey: .* must match/],
    ['a wrong field', (text) => text.replace('robots', 'robot'), /unknown field "robot"; did you mean "robots"\?/],
    ['a file that is no workflow', (text) => text.replace('.github/workflows/conformance.yml', '../conformance.yml'), /workflow: "\.\.\/conformance\.yml" must match/],
    ['nobody', () => 'meshes: { osm: {} }', /at least one of workflows, robots must be there/],
  ])('with %s is refused, at its place', async (_, change, words) => {
    await expect(read(sound(change))).rejects.toMatchObject({ code: 'BAD_DEFINITION', message: expect.stringMatching(words) });
  });

  test('names refs by patterns in which a star stays between slashes', () => {
    expect(refMatches('refs/heads/main', ['refs/heads/main'])).toBe(true);
    expect(refMatches('refs/heads/main2', ['refs/heads/main'])).toBe(false);
    expect(refMatches('refs/heads/mainX', ['refs/heads/main.'])).toBe(false);
    expect(refMatches('refs/tags/v1.2.4', ['refs/heads/main', 'refs/tags/v*'])).toBe(true);
    expect(refMatches('refs/tags/v1/x', ['refs/tags/v*'])).toBe(false);
    expect(refMatches('refs/tags/v1\nrefs/heads/main', ['refs/heads/main'])).toBe(false);
  });
});

describe('what is said of an unsigned result', () => {
  test('has the two lines of YAML that would change it', () => {
    const text = unsignedText({ on: 'github', fork: false });
    expect(text).toMatch(/unsigned.*this job may not say who it is/s);
    expect(text.trimEnd().split('\n').slice(-2)).toEqual(['  permissions:', '    id-token: write']);
  });

  test('says of a fork that nothing in its pull request can change it', () => {
    expect(unsignedText({ on: 'github', fork: true })).toMatch(/pull request from a fork neither an identity nor a secret.*Once merged.*id-token: write/s);
    expect(unsignedText({ on: 'terminal' })).toMatch(/openssl genpkey -algorithm ed25519.*--signing-key/s);
  });
});

test('the name of a repository that is not public gets into no public log', () => {
  expect(servicesFor('public').rekor).toBe('https://rekor.sigstore.dev');
  for (const visibility of ['private', 'internal', undefined]) expect(servicesFor(visibility)).toEqual({ fulcio: 'https://fulcio.githubapp.com', tsa: 'https://timestamp.githubapp.com' });
});
