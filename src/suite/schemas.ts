import assertionSchema from '../../assertions/schema/assertion.schema.json' with { type: 'json' };
import fixtureSchema from '../../assertions/schema/fixture.schema.json' with { type: 'json' };
import suiteSchema from '../../assertions/schema/suite.schema.json' with { type: 'json' };
import type { Assertion } from '../model/assertion.ts';
import type { Fixture } from '../model/fixture.ts';
import type { Specification } from '../model/specification.ts';
import { compileSchema, type Validator } from '../yaml/index.ts';

/** `suite.yaml`: what is said of the catalogue as a whole. */
export interface SuiteFile {
  version: string;
  /** By specification, the gates that each of its capability assertions must name. */
  gates?: Partial<Record<Specification, string[]>>;
}

export interface Schemas {
  assertion: Validator<Assertion>;
  fixture: Validator<Fixture>;
  suite: Validator<SuiteFile>;
}

/** The program's own schemas, never those of the folder that is read: a suite that comes from somebody else cannot loosen them. */
export function suiteSchemas(): Schemas {
  return (compiled ??= {
    assertion: compileSchema<Assertion>(assertionSchema),
    fixture: compileSchema<Fixture>(fixtureSchema, [assertionSchema]),
    suite: compileSchema<SuiteFile>(suiteSchema, [assertionSchema]),
  });
}

/** Compiled when first asked for: it takes longer than all checks of a suite. */
let compiled: Schemas | undefined;
