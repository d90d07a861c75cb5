import { Ajv, type ValidateFunction } from 'ajv';

/** A compiled JSON Schema (draft-07) of what a file must hold. */
export type Validator<T> = ValidateFunction<T>;

/** Compiles a schema; `references` are the other schemas that it names by `$ref`, each with an `$id`. Throws where a schema itself is wrong. */
export function compileSchema<T>(schema: object, references: object[] = []): Validator<T> {
  // Everything that is wrong with a file is said at once, with the value that is wrong.
  const ajv = new Ajv({ allErrors: true, verbose: true, strict: true, strictTypes: false, strictRequired: false, schemas: references });
  return ajv.compile<T>(schema);
}
