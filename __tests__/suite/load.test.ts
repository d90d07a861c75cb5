import { createHash } from 'node:crypto';
import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ConformanceError } from '../../src/model/errors.ts';
import { loadSuite } from '../../src/suite/index.ts';
import { changed, sound, suiteFolder } from './folder.ts';

async function refusal(changes: Record<string, string | null>, prepare: (path: string) => Promise<void> = async () => {}): Promise<string> {
  await using folder = await suiteFolder(changes);
  await prepare(folder.path);
  const error: unknown = await loadSuite(folder.path).then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof ConformanceError)) throw new TypeError(`no ConformanceError: ${String(error)}`);
  expect(error.code).toBe('BAD_ASSERTION');
  return error.message.replaceAll(folder.path, '');
}

test('a sound suite is read whole, in the order of its files', async () => {
  await using folder = await suiteFolder();
  const suite = await loadSuite(folder.path);
  expect(suite.assertions.map(({ id }) => id)).toEqual(['traffic-access/crd', 'traffic-access/closed', 'traffic-access/listed', 'traffic-split/root', 'traffic-split/weights'].toSorted());
  expect([...suite.fixtures.keys()]).toEqual(['access', 'split']);
  expect(suite.version).toBe('1.2.3');
});

test('the digest is SHA-256 over names, lengths and contents, in order, whatever the line endings', async () => {
  const hash = createHash('sha256');
  for (const name of Object.keys(sound).toSorted()) hash.update(`${name}\0${Buffer.byteLength(sound[name] ?? '')}\0${sound[name]}`);
  await using unix = await suiteFolder();
  await using windows = await suiteFolder(Object.fromEntries(Object.entries(sound).map(([name, text]) => [name, text.replaceAll('\n', '\r\n')])));
  const [first, second] = await Promise.all([loadSuite(unix.path), loadSuite(windows.path)]);
  expect(first.digest).toBe(hash.digest('hex'));
  expect(second.digest).toBe(first.digest);
});

test.each([
  ['a word of an assertion', changed('traffic-access/crd.yaml', 'The definition is served', 'The definition is offered')],
  ['a comment in a fixture', { 'fixtures/access.yaml': `${sound['fixtures/access.yaml']}# more\n` }],
  ['the version', { 'suite.yaml': 'version: 1.2.4\n' }],
  ['a file more', { 'traffic-access/closed2.yaml': (sound['traffic-access/closed.yaml'] ?? '').replace('access/closed', 'access/closed2').replace('gates: []', 'gates: [traffic-access/closed]') }],
])('the digest changes with %s', async (_, changes) => {
  await using before = await suiteFolder();
  await using after = await suiteFolder(changes);
  const [first, second] = await Promise.all([loadSuite(before.path), loadSuite(after.path)]);
  expect(second.digest).not.toBe(first.digest);
});

test('files that are no part of the catalogue do not count', async () => {
  await using before = await suiteFolder();
  await using after = await suiteFolder({ 'README.md': 'x', 'traffic-access/notes.md': 'x', 'traffic-access/.hidden.yaml': '{', 'schema/x.yaml': '{' });
  expect((await loadSuite(after.path)).digest).toBe((await loadSuite(before.path)).digest);
});

test('malformed YAML is told with its line and column', async () => {
  expect(await refusal({ 'traffic-access/crd.yaml': 'id: traffic-access/crd\ntitle: [unfinished\nkind: presence\n' })).toMatch(/^\/traffic-access\/crd\.yaml:3:1: not valid YAML/);
});

test('an assertion that sleeps never runs', async () => {
  const message = await refusal(changed('traffic-access/closed.yaml', '  - always:', '  - sleep: 5\n  - always:'));
  expect(message).toContain('/traffic-access/closed.yaml:14:5 /steps/0: unknown field "sleep"');
});

test.each([
  ['an unknown verb', changed('traffic-access/closed.yaml', '- always:', '- never:'), /closed\.yaml:14:5 \/steps\/0: unknown field "never"/],
  ['two verbs', changed('traffic-access/crd.yaml', '{ definition: TrafficTarget }', '{ definition: TrafficTarget }\n    delete: [{ kind: TrafficTarget, name: x }]'), /crd\.yaml:14:5 \/steps\/0: exactly one of .*not delete and observe/],
  ['no verb', changed('traffic-access/crd.yaml', '- observe: { definition: TrafficTarget }', '- {}'), /\/steps\/0: exactly one of apply/],
  ['an extra property', changed('traffic-access/crd.yaml', 'fixture: none', 'fixture: none\nretries: 3'), /crd\.yaml:11:1: unknown field "retries"/],
  ['an unsafe name', changed('traffic-access/listed.yaml', 'name: routes\n', 'name: ../../etc\n'), /listed\.yaml:16:15 \/steps\/0\/apply\/0\/name: "..\/..\/etc" must match/],
  ['a command in a name', changed('traffic-access/closed.yaml', 'from: alice', "from: '$(id)'"), /\/steps\/0\/always\/denied\/0\/from: "\$\(id\)" must match/],
  ['a header that breaks the line', changed('traffic-access/closed.yaml', 'to: srv }', 'to: srv, headers: { x: "a\\r\\nb: c" } }'), /\/headers\/x: "a\\r\\nb: c" must match/],
  ['aliases', changed('traffic-access/crd.yaml', 'gates: []', 'gates: &a []\nneeds: *a'), /crd\.yaml:12:\d+: aliases \(\*name\) are not allowed/],
  ['a tag', changed('traffic-access/crd.yaml', 'source: access, header', "source: !!js/function 'function () {}'"), /crd\.yaml:8:\d+: not valid YAML: .*tag/],
  ['a key that is there twice', changed('traffic-access/crd.yaml', 'fixture: none', 'fixture: none\nfixture: access'), /crd\.yaml:11:\d+: not valid YAML: .*duplicate/],
  ['a fixture with a field too many', changed('fixtures/access.yaml', 'title:', 'image: evil\ntitle:'), /fixtures\/access\.yaml:2:1: unknown field "image"/],
  ['a suite without a version', { 'suite.yaml': 'gates: { traffic-access: [traffic-access/closed] }\n' }, /suite\.yaml:1:1: the field "version" is missing/],
  ['no suite.yaml', { 'suite.yaml': null }, /suite\.yaml:1:1: is missing/],
  ['an ending that would be overlooked', { 'traffic-access/more.yml': 'x' }, /more\.yml:1:1: the ending is \.yml/],
  ['a file that is too large', { 'traffic-access/large.yaml': `# ${'x'.repeat(65 * 1024)}\n` }, /large\.yaml:1:1: 66563 bytes long, and 65536 are allowed/],
])('%s is refused', async (_, changes, expected) => {
  expect(await refusal(changes)).toMatch(expected);
});

test('links that lead out of the folder are not read', async () => {
  await using elsewhere = await suiteFolder({ 'secret.yaml': sound['traffic-access/crd.yaml'] ?? '' });
  const message = await refusal({}, async (path) => {
    await symlink(join(elsewhere.path, 'secret.yaml'), join(path, 'traffic-access/secret.yaml'));
    await symlink(elsewhere.path, join(path, 'traffic-metrics'));
    await symlink(join(elsewhere.path, 'traffic-split'), join(path, 'traffic-access/more'));
  });
  expect(message.split('\n')).toHaveLength(3);
  for (const name of ['traffic-access/secret.yaml', 'traffic-metrics', 'traffic-access/more']) expect(message).toContain(`/${name}:1:1: a link that leads out of`);
});

test('a link within the folder is a file like others, and one to a folder is not followed', async () => {
  await using folder = await suiteFolder();
  await mkdir(join(folder.path, 'shared'));
  await rename(join(folder.path, 'traffic-access/crd.yaml'), join(folder.path, 'shared/crd.yaml'));
  await symlink('../shared/crd.yaml', join(folder.path, 'traffic-access/crd.yaml'));
  expect((await loadSuite(folder.path)).assertions).toHaveLength(5);
  expect(await refusal({}, (path) => symlink('.', join(path, 'traffic-access/loop')))).toContain('not a file: links to folders are not followed');
});

test('a folder that is not there is told', async () => {
  await expect(loadSuite('/nowhere/at/all')).rejects.toThrow(/the suite's folder \/nowhere\/at\/all cannot be read/);
});

test('problems of all files are listed together, ten at most', async () => {
  const many = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`traffic-access/broken-${String(at).padStart(2, '0')}.yaml`, 'x: 1\n']));
  const lines = (await refusal(many)).split('\n');
  expect(lines).toHaveLength(11);
  expect(lines[0]).toContain('broken-00.yaml');
  expect(lines.at(-1)).toMatch(/^and \d+ more$/);
});

test('a name that is broken elsewhere is not held against those who use it', async () => {
  const message = await refusal({ 'traffic-access/closed.yaml': 'x', 'fixtures/split.yaml': 'x' });
  expect(message.split('\n').every((line) => /closed\.yaml|fixtures\/split\.yaml/.test(line.split(': ')[0] ?? ''))).toBe(true);
});

test('schemas of the folder that is read count for nothing', async () => {
  expect(await refusal(changed('traffic-access/crd.yaml', 'fixture: none', 'fixture: none\nretries: 3'), async (path) => {
    await mkdir(join(path, 'schema'));
    await writeFile(join(path, 'schema/assertion.schema.json'), '{}');
  })).toContain('unknown field "retries"');
});
