/** The part of OpenAPI v3 that structural schemas of the SMI definitions need; it is published as it is in CustomResourceDefinitions. */
export type Schema =
  | { type: 'object'; properties?: Record<string, Schema>; required?: string[]; additionalProperties?: Schema }
  | { type: 'array'; items: Schema }
  | { type: 'string'; enum?: string[] }
  | { type: 'integer'; minimum?: number; maximum?: number }
  | { 'x-kubernetes-int-or-string': true; minimum?: number; pattern?: string };

/** The value without what the schema does not name and without nulls, as an API server stores it. Values of a wrong type are left for `validate`. */
export function prune(value: unknown, schema: Schema): unknown {
  if (!('type' in schema)) return value;
  if (schema.type === 'array' && Array.isArray(value)) return value.map((item) => prune(item, schema.items));
  if (schema.type !== 'object' || !isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, field]) => {
      const known = ownSchema(schema, name);
      return known === undefined || field === null ? [] : [[name, prune(field, known)]];
    }),
  );
}

/** What is wrong with a pruned value, in an API server's words, one line per problem; empty when it is valid. */
export function validate(value: unknown, schema: Schema, path = ''): string[] {
  if (!('type' in schema)) return validateIntOrString(value, schema, path);
  const type = typeOf(value);
  if (type !== schema.type) return [wrongType(path, schema.type, type)];
  switch (schema.type) {
    case 'object':
      return validateFields(value as Record<string, unknown>, schema, path);
    case 'array':
      return (value as unknown[]).flatMap((item, index) => validate(item, schema.items, `${path}[${index}]`));
    case 'string':
      return validateEnum(value as string, schema.enum, path);
    case 'integer':
      return validateRange(value as number, schema, path);
  }
}

type ObjectSchema = Extract<Schema, { type: 'object' }>;

function ownSchema(schema: ObjectSchema, name: string): Schema | undefined {
  const properties = schema.properties ?? {};
  return Object.hasOwn(properties, name) ? properties[name] : schema.additionalProperties;
}

function validateFields(value: Record<string, unknown>, schema: ObjectSchema, path: string): string[] {
  const missing = (schema.required ?? []).filter((name) => value[name] === undefined);
  const problems = Object.entries(value).flatMap(([name, field]): [string, string][] => {
    const known = ownSchema(schema, name);
    return known === undefined ? [] : validate(field, known, join(path, name)).map((problem) => [name, problem]);
  });
  return [...problems, ...missing.map((name): [string, string] => [name, `${join(path, name)}: Required value`])]
    .toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)))
    .map(([, problem]) => problem);
}

function validateEnum(value: string, allowed: string[] | undefined, path: string): string[] {
  if (allowed === undefined || allowed.includes(value)) return [];
  return [`${path}: Unsupported value: ${JSON.stringify(value)}: supported values: ${allowed.map((one) => JSON.stringify(one)).join(', ')}`];
}

function validateRange(value: number, range: { minimum?: number; maximum?: number }, path: string): string[] {
  const invalid = (rule: string): string[] => [`${path}: Invalid value: ${value}: ${path} in body should be ${rule}`];
  if (range.minimum !== undefined && value < range.minimum) return invalid(`greater than or equal to ${range.minimum}`);
  if (range.maximum !== undefined && value > range.maximum) return invalid(`less than or equal to ${range.maximum}`);
  return [];
}

function validateIntOrString(value: unknown, schema: { minimum?: number; pattern?: string }, path: string): string[] {
  const type = typeOf(value);
  if (type === 'integer') return validateRange(value as number, schema, path);
  if (type !== 'string') return [wrongType(path, 'integer,string', type)];
  if (schema.pattern === undefined || new RegExp(schema.pattern).test(value as string)) return [];
  return [`${path}: Invalid value: ${JSON.stringify(value)}: ${path} in body should match '${schema.pattern}'`];
}

function wrongType(path: string, wanted: string, seen: string): string {
  return `${path}: Invalid value: "${seen}": ${path} in body must be of type ${wanted}: "${seen}"`;
}

function typeOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeOf(value) === 'object';
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
