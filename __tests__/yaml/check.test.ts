import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { BadFile, checkText, compileSchema, readChecked } from '../../src/yaml/index.ts';

interface Recipe {
  name: string;
  steps: Record<string, unknown>[];
}
const name = { description: 'a lower-case name', type: 'string', maxLength: 8, pattern: '^[a-z]+$' };
const schema = compileSchema<Recipe>(
  {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    additionalProperties: false,
    required: ['name', 'steps'],
    properties: {
      name: { $ref: 'https://example.test/names.json#/definitions/name' },
      kind: { enum: ['sweet', 'sour'] },
      servings: { type: 'integer', minimum: 1, maximum: 9 },
      pairs: { type: 'integer', multipleOf: 2 },
      vegan: { const: true },
      heat: { anyOf: [{ const: 'none' }, { type: 'object', additionalProperties: false, required: ['degrees'], properties: { degrees: { type: 'integer' } } }], description: 'none, or degrees' },
      tools: { type: 'array', uniqueItems: true, minItems: 1, items: { type: 'string' } },
      amounts: { type: 'object', minProperties: 1, propertyNames: { pattern: '^[a-z/~]+$' }, additionalProperties: { type: 'number' } },
      steps: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          additionalProperties: false,
          oneOf: [{ required: ['stir'] }, { required: ['bake'] }],
          dependencies: { until: { anyOf: [{ required: ['bake'] }] } },
          properties: { stir: { type: 'string' }, bake: { type: 'integer' }, until: { type: 'string', minLength: 3 } },
        },
      },
    },
  },
  [{ $id: 'https://example.test/names.json', definitions: { name } }],
);
const sound = 'name: cake\nsteps:\n  - stir: well\n';

function problemsOf(text: string): string[] {
  try {
    checkText(text, 'r.yaml', schema, 'BAD_ASSERTION');
  } catch (error) {
    if (error instanceof BadFile) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('a sound text', () => {
  const checked = checkText(sound, 'r.yaml', schema, 'BAD_ASSERTION');
  test('is its value', () => {
    expect(checked.value).toEqual({ name: 'cake', steps: [{ stir: 'well' }] });
  });
  test.each([
    ['', 1, 1], ['/name', 1, 7], ['/steps', 3, 3], ['/steps/0', 3, 5], ['/steps/0/stir', 3, 11],
    ['/steps/0/nowhere', 3, 5], ['/steps/7/stir', 3, 3],
  ])('has %s at line %i, column %i', (pointer, line, column) => {
    expect(checked.positionOf(pointer)).toEqual({ line, column });
  });
  test('with escaped keys and windows line ends', () => {
    const checked = checkText(`${sound}amounts:\r\n  a/b: 1\r\n  c~d: 2\r\n`, 'r.yaml', schema, 'BAD_ASSERTION');
    expect([checked.positionOf('/amounts/a~1b'), checked.positionOf('/amounts/c~0d')]).toEqual([{ line: 5, column: 8 }, { line: 6, column: 8 }]);
  });
  test('dates, merges and yes are texts, as JSON has no such things', () => {
    const free = compileSchema<Record<string, unknown>>({ type: 'object' });
    expect(checkText('a: 2020-01-01\nb: yes\n<<: { c: 1 }\n', 'x', free, 'BAD_DEFINITION').value).toEqual({ a: '2020-01-01', b: 'yes', '<<': { c: 1 } });
  });
});

describe('a problem names file, line, column, pointer, and what is allowed', () => {
  const withField = (field: string): string => `${sound}${field}\n`;
  test.each<[string, string, string]>([
    ['an unknown field, with the nearest', withField('serving: 2'), 'r.yaml:4:1: unknown field "serving"; did you mean "servings"? (known: name, kind, servings, pairs, vegan, heat, tools, amounts, steps)'],
    ['an unknown verb, once', 'name: cake\nsteps:\n  - stir: well\n  - sleep: 5\n', 'r.yaml:4:5 /steps/1: unknown field "sleep" (known: stir, bake, until)'],
    ['a missing field', 'name: cake\n', 'r.yaml:1:1: the field "steps" is missing'],
    ['two verbs', 'name: cake\nsteps: [{ stir: well, bake: 3 }]\n', 'r.yaml:2:9 /steps/0: exactly one of stir, bake must be there, not stir and bake'],
    ['no verb', 'name: cake\nsteps: [{}]\n', 'r.yaml:2:9 /steps/0: exactly one of stir, bake must be there'],
    ['a field that asks for another', 'name: cake\nsteps: [{ stir: a, until: done }]\n', 'r.yaml:2:9 /steps/0: at least one of bake must be there beside until'],
    ['a value that is not listed', withField('kind: sweat'), 'r.yaml:4:7 /kind: "sweat" is not one of sweet, sour; did you mean "sweet"?'],
    ['a constant', withField('vegan: false'), 'r.yaml:4:8 /vegan: must be true, and is false'],
    ['a wrong type', withField('servings: "2"'), 'r.yaml:4:11 /servings: must be a whole number, and is "2"'],
    ['an empty value', withField('servings:'), 'r.yaml:4:10 /servings: must be a whole number, and is nothing'],
    ['a list for a map', '[]', 'r.yaml:1:1: must be a map, and is a list'],
    ['a number out of range', withField('servings: 12'), 'r.yaml:4:11 /servings: must be at most 9, and is 12'],
    ['a pattern, with what it means', 'name: ../x\nsteps: [{ bake: 1 }]', 'r.yaml:1:7 /name: "../x" must match ^[a-z]+$ (a lower-case name)'],
    ['a long text', 'name: pancakecake\nsteps: [{ bake: 1 }]', 'r.yaml:1:7 /name: must have at most 8 characters, and has 11'],
    ['a short text', 'name: cake\nsteps: [{ bake: 1, until: no }]', 'r.yaml:2:27 /steps/0/until: must have at least 3 characters, and has 2'],
    ['an empty list', 'name: cake\nsteps: []', 'r.yaml:2:8 /steps: must have at least 1 item, and has 0'],
    ['an empty map', withField('amounts: {}'), 'r.yaml:4:10 /amounts: must have at least 1 field'],
    ['the same twice', withField('tools: [a, b, a]'), 'r.yaml:4:8 /tools: items 1 and 3 are the same'],
    ['a wrong key', withField('amounts:\n  Flour: 1'), 'r.yaml:5:3 /amounts: the key is not allowed: "Flour" must match ^[a-z/~]+$'],
    ['a rule without words of our own', withField('pairs: 3'), 'r.yaml:4:8 /pairs: must be multiple of 2'],
    ['a long value, cut', withField(`kind: ${'x'.repeat(200)}`), `r.yaml:4:7 /kind: "${'x'.repeat(76)}…" is not one of sweet, sour`],
    ['none of several forms', withField('heat: some'), 'r.yaml:4:7 /heat: "some" has none of the forms that are allowed here (none, or degrees)'],
    ['inside the form that was meant', withField('heat: { degrees: hot }'), 'r.yaml:4:18 /heat/degrees: must be a whole number, and is "hot"'],
    ['an unknown field of the form that was meant', withField('heat: { degres: 1 }'), 'r.yaml:4:9 /heat: unknown field "degres"; did you mean "degrees"? (known: degrees)'],
    ['a key with an unusual name', withField('__proto__: 1'), 'r.yaml:4:1: unknown field "__proto__" (known: name, kind, servings, pairs, vegan, heat, tools, amounts, steps)'],
    ['broken YAML', 'name: [cake\nsteps: 1\n', 'r.yaml:2:1: not valid YAML: deficient indentation'],
    ['a key that is there twice', `${sound}name: pie\n`, 'r.yaml:4:1: not valid YAML: duplicated mapping key'],
    ['nothing at all', '# only a comment\n', 'r.yaml:1:1: not valid YAML: expected a document, but the input is empty'],
    ['two documents', `${sound}---\n${sound}`, 'r.yaml:1:1: not valid YAML: expected a single document in the stream, but found more'],
    ['aliases, which can grow without end', 'name: &a cake\nsteps: [{ stir: *a }]\n', 'r.yaml:2:18: aliases (*name) are not allowed: write the value out'],
    ['a tag that would make something else of it', 'name: !!js/function x\n', 'r.yaml:1:7: not valid YAML: unknown scalar tag !<tag:yaml.org,2002:js/function>'],
  ])('%s', (_what, text, message) => {
    expect(problemsOf(text)).toEqual([message]);
  });

  test('two verbs and an unknown field are two problems', () => {
    expect(problemsOf('name: cake\nsteps: [{ stir: well, bake: 3, sleep: 1 }]\n')).toEqual([
      'r.yaml:2:9 /steps/0: exactly one of stir, bake must be there, not stir and bake',
      'r.yaml:2:32 /steps/0: unknown field "sleep" (known: stir, bake, until)',
    ]);
  });

  test('ten problems are all there is to show', () => {
    const lines = problemsOf(`${sound}${Array.from({ length: 10 }, (_, index) => `f${index}: 1\n`).join('')}`);
    expect([lines.length, lines.at(-1)?.startsWith('r.yaml:13:1: unknown field "f9"')]).toEqual([10, true]);
  });

  test('all of them, in the order of the text, ten shown', () => {
    const lines = problemsOf(`name: X\n${Array.from({ length: 12 }, (_, index) => `f${index}: 1\n`).join('')}steps: []\n`);
    expect(lines).toHaveLength(11);
    expect(lines.slice(0, 2).map((line) => line.split(' ')[0])).toEqual(['r.yaml:1:7', 'r.yaml:2:1:']);
    expect(lines.at(-1)).toBe('and 4 more');
  });
});

describe('reading', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yaml-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('a file', async () => {
    await writeFile(join(folder, 'sound.yaml'), sound);
    expect((await readChecked(join(folder, 'sound.yaml'), schema, 'BAD_DEFINITION')).value.name).toBe('cake');
  });
  test('a bad file keeps its code and its problems', async () => {
    const file = join(folder, 'bad.yaml');
    await writeFile(file, 'name: cake\n');
    await expect(readChecked(file, schema, 'BAD_DEFINITION')).rejects.toMatchObject({ code: 'BAD_DEFINITION', isBadInput: true, problems: [{ file, line: 1, column: 1, pointer: '', message: 'the field "steps" is missing' }] });
  });
  test('no file, a folder, and a file without measure', async () => {
    await writeFile(join(folder, 'big.yaml'), 'a'.repeat(1024 * 1024 + 1));
    await writeFile(join(folder, 'full.yaml'), sound.padEnd(1024 * 1024, '\n'));
    expect((await readChecked(join(folder, 'full.yaml'), schema, 'BAD_ASSERTION')).value.name).toBe('cake');
    await expect(readChecked(join(folder, 'none.yaml'), schema, 'BAD_ASSERTION')).rejects.toMatchObject({ code: 'BAD_ASSERTION', message: expect.stringMatching(/none\.yaml cannot be read: .*ENOENT/) });
    await expect(readChecked(folder, schema, 'BAD_ASSERTION')).rejects.toMatchObject({ code: 'BAD_ASSERTION', message: expect.stringContaining('EISDIR') });
    await expect(readChecked(join(folder, 'big.yaml'), schema, 'BAD_ASSERTION')).rejects.toMatchObject({ code: 'BAD_ASSERTION', message: expect.stringContaining('1048577 bytes') });
  });
});
