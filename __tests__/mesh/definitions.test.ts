import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { lintDefinitions, loadDefinition, loadDefinitions } from '../../src/mesh/index.ts';

const sound = (id: string, more = ''): string => `id: ${id}
name: Mesh ${id}
aliases: []
provider: INVALID_MESH
status: supported
enrolment: { namespace: {}, pod: {} }
host: '{service}.{namespace}.svc'
claims: {}
${more}`;

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshes-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function written(files: Record<string, string>): Promise<string> {
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
  return folder;
}

describe('a definition that is wrong is refused with its place', () => {
  const with_ = (from: string | RegExp, to: string): string => sound('own').replace(from, to);
  test.each<[string, string, string]>([
    ['a path for an id', with_('own', '../../etc/own'), ':1:5 /id: "../../etc/own" must match'],
    ['a hidden file for an id', with_('own', '.own'), ':1:5 /id: ".own" must match'],
    ['upper case', with_('own', 'Own'), ':1:5 /id: "Own" must match'],
    ['an alias with a slash', with_('[]', '[a/b]'), ':3:11 /aliases/0: "a/b" must match'],
    ['a name that could be markup', with_('Mesh own', '"<b>Mesh</b>"'), ':2:7 /name: "<b>Mesh</b>" must match'],
    ['an unknown field', sound('own', 'instal: {}\n'), ':9:1: unknown field "instal"'],
    ['an unknown status', with_('supported', 'suported'), ':5:9 /status: "suported" is not one of supported, no-smi, discontinued, reference; did you mean "supported"?'],
    ['no host', with_(/host.*\n/, ''), ':1:1: the field "host" is missing'],
    ['a host without the namespace', with_('{service}.{namespace}', '{service}'), ':7:7 /host: "{service}.svc" must match'],
    ['a host with an unknown part', with_('.svc', '.{cluster}'), ':7:7 /host: "{service}.{namespace}.{cluster}" must match'],
    ['a kind of another specification', with_('claims: {}', 'claims: { traffic-split: { versions: [v1alpha1], kinds: [TCPRoute] } }'), '/claims/traffic-split/kinds/0: "TCPRoute" is not one of TrafficSplit'],
    ['claims of nothing known', with_('claims: {}', 'claims: all'), ':8:9 /claims: "all" has none of the forms that are allowed here'],
    ['a specification that is misspelt', with_('claims: {}', 'claims: { traffic-spec: { versions: [v1alpha1], kinds: [TCPRoute] } }'), '/claims: unknown field "traffic-spec"; did you mean "traffic-specs"?'],
    ['no reason where there is no SMI', with_('supported', 'no-smi'), ':1:1: the field "reason" is missing'],
    ['a label that Kubernetes would refuse', with_('namespace: {}, pod', "namespace: { labels: { 'a b': c } }, pod"), '/enrolment/namespace/labels: the key is not allowed: "a b" must match'],
    ['a warning that compares with nothing', sound('own', 'preflight: [{ object: { apiVersion: v1, kind: Pod, name: a }, when: {}, warning: something is not as it should be }]\n'), '/preflight/0/when: a map has none of the forms'],
    ['no YAML', 'id: [\n', 'not valid YAML'],
  ])('%s', async (_what, text, message) => {
    await written({ 'own.yaml': text });
    await expect(loadDefinition(join(folder, 'own.yaml'))).rejects.toMatchObject({ code: 'BAD_DEFINITION', isBadInput: true, message: expect.stringContaining(`own.yaml${message.startsWith(':') ? message : ''}`) });
    await expect(loadDefinition(join(folder, 'own.yaml'))).rejects.toThrow(message);
    expect(await lintDefinitions(join(folder, 'own.yaml'))).not.toEqual([]);
  });

  test('a file that is not there', async () => {
    await expect(loadDefinition(join(folder, 'none.yaml'))).rejects.toMatchObject({ code: 'BAD_DEFINITION', message: expect.stringContaining('none.yaml cannot be read') });
    await expect(lintDefinitions(join(folder, 'none.yaml'))).rejects.toMatchObject({ code: 'BAD_DEFINITION' });
  });
});

test('a definition of a user’s own may lie in a file of any name', async () => {
  await written({ 'my mesh.yml': sound('own') });
  expect((await loadDefinition(join(folder, 'my mesh.yml'))).id).toBe('own');
  expect(await lintDefinitions(join(folder, 'my mesh.yml'))).toEqual([]);
});

describe('a folder', () => {
  test('is read in the order of ids; what is no YAML file is left alone', async () => {
    await written({ 'b.yaml': sound('b'), 'a.yaml': sound('a'), 'README.md': 'no mesh' });
    await mkdir(join(folder, 'schema'));
    expect((await loadDefinitions(folder)).map(({ id }) => id)).toEqual(['a', 'b']);
  });

  test.each<[string, Record<string, string>, string[]]>([
    ['an id that is not the file’s name', { 'a.yaml': sound('b') }, ['a.yaml:1:5 /id: the id is "b", and the file\'s name says "a": they must be the same']],
    ['an id that is another’s alias', { 'a.yaml': sound('a').replace('[]', '[b]'), 'b.yaml': sound('b') }, ['b.yaml:1:5 /id: the name "b" is taken by FOLDER/a.yaml']],
    ['an alias that is another’s display name', { 'a.yaml': sound('a'), 'b.yaml': sound('b').replace('[]', '[x, mesh-a]') }, ['b.yaml:3:14 /aliases/1: the name "mesh-a" is taken by FOLDER/a.yaml']],
    ['the same id twice', { 'a.yaml': sound('a'), 'c.yaml': sound('a').replace('Mesh', 'Other') }, ['c.yaml:1:5 /id: the id is "a", and the file\'s name says "c": they must be the same', 'c.yaml:1:5 /id: the name "a" is taken by FOLDER/a.yaml']],
    ['every bad file at once', { 'a.yaml': 'id: [', 'b.yaml': sound('b', 'x: 1\n'), 'c.yaml': sound('c') }, ['a.yaml:1:6: not valid YAML: unexpected end of the stream within a flow collection', 'b.yaml:9:1: unknown field "x"']],
  ])('%s', async (_what, files, messages) => {
    await written(files);
    const refusal = await loadDefinitions(folder).then(() => ({ code: 'none', message: '' }), (error: { code: string; message: string }) => error);
    expect(refusal.code).toBe('BAD_DEFINITION');
    expect(refusal.message.split('\n').map((line) => line.replace(/ \(known: .*/, '').replaceAll(folder, 'FOLDER').replace('FOLDER/', ''))).toEqual(messages);
    expect(await lintDefinitions(folder)).toHaveLength(messages.length);
  });

  test('with nothing in it, or that is not there', async () => {
    await expect(loadDefinitions(folder)).rejects.toMatchObject({ code: 'BAD_DEFINITION', message: expect.stringContaining('has no mesh definitions') });
    await expect(loadDefinitions(join(folder, 'no'))).rejects.toMatchObject({ code: 'BAD_DEFINITION', message: expect.stringContaining('cannot be read') });
  });
});
