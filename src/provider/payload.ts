import schema from '../../schema/provider-payload-v1.schema.json' with { type: 'json' };
import { ConformanceError } from '../model/errors.ts';
import type { MeshDefinition } from '../model/mesh.ts';
import type { Report } from '../model/report.ts';
import { compileSchema, type Validator } from '../yaml/schema.ts';
import { detailsOf, type Detail } from './details.ts';

/** How the provider spells its fields: `snake_case` as Meshery's adapters do, `camelCase` as its newest servers do. */
export const namings = ['snake_case', 'camelCase'] as const;
export type Naming = (typeof namings)[number];

/** One result, as the provider keeps it; all of it is text. */
export interface Payload {
  id: string;
  /** When the run began; RFC 3339. */
  date: string;
  mesh_name: string;
  mesh_version: string;
  /** Requirements of level must that passed, of the three specifications. */
  cases_passed: string;
  /** The same as a part of those that apply; two decimals. */
  passing_percentage: string;
  status: 'completed';
  /** In the order of the dashboard's columns, which it reads by place. */
  more_details: [access: Detail, split: Detail, specs: Detail];
}

/** The same, spelt in camel case: `meshName`, `moreDetails[].smiVersion`. */
export type CamelCase<T> = T extends object ? { [K in keyof T as K extends string ? Camel<K> : K]: CamelCase<T[K]> } : T;
type Camel<S extends string> = S extends `${infer Head}_${infer Rest}` ? `${Head}${Capitalize<Camel<Rest>>}` : S;

export interface PayloadFacts {
  /** UUID of the result. */
  id: string;
  /** The definition of the mesh that the report is about. */
  mesh: Pick<MeshDefinition, 'id' | 'provider'>;
}

/** Why the result of a report must not be uploaded as a mesh's; undefined where it may be. */
export function refusalOf(report: Pick<Report, 'complete' | 'incompleteBecause' | 'kubernetes' | 'mesh' | 'suite'>, mesh: PayloadFacts['mesh']): string | undefined {
  if (report.kubernetes.cluster === 'embedded') return 'it was made on the embedded cluster, whose reference mesh is nobody\'s product';
  if (report.suite.added !== undefined) return 'assertions were added to the suite, and providers compare results of the suite alone: run it without assertions';
  if (!report.complete) return `the run is not complete (${report.incompleteBecause.join('; ')}), so it states nothing about the mesh`;
  if (report.mesh.id !== mesh.id) return `it is about the mesh ${report.mesh.id}, not about ${mesh.id}`;
  if (mesh.provider === invalid) return `results providers have no name for the mesh ${mesh.id} (its definition says provider: ${invalid})`;
  return undefined;
}

const invalid = 'INVALID_MESH';

/** The provider's form of a report's result. Throws BAD_INPUT with the reason where there is none. Pure. */
export function payloadOf(report: Report, naming: 'snake_case', facts: PayloadFacts): Payload;
export function payloadOf(report: Report, naming: Naming, facts: PayloadFacts): Payload | CamelCase<Payload>;
export function payloadOf(report: Report, naming: Naming, facts: PayloadFacts): Payload | CamelCase<Payload> {
  const refusal = refusalOf(report, facts.mesh);
  if (refusal !== undefined) throw new ConformanceError('BAD_INPUT', `This report is not uploaded: ${refusal}.`);
  const { details, passed, applicable } = detailsOf(report);
  const payload: Payload = {
    id: facts.id,
    date: new Date(report.run.startedAt).toISOString().replace(/\.\d+Z$/, 'Z'),
    mesh_name: titleOf(facts.mesh.provider),
    mesh_version: report.mesh.version,
    cases_passed: String(passed),
    passing_percentage: (applicable === 0 ? 0 : (passed / applicable) * 100).toFixed(2),
    status: 'completed',
    more_details: details,
  };
  const spelt = naming === 'snake_case' ? payload : camelCase(payload);
  const isPayload = validatorOf(naming);
  if (!isPayload(spelt)) throw new TypeError(`the payload does not fit its own schema: ${(isPayload.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`).join('; ')}`);
  return spelt;
}

/** `OPEN_SERVICE_MESH` is `Open Service Mesh` in results. */
function titleOf(provider: string): string {
  return provider.split('_').map((word) => `${word.slice(0, 1)}${word.slice(1).toLowerCase()}`).join(' ');
}

function camelCase<T>(value: T): CamelCase<T> {
  if (Array.isArray(value)) return value.map(camelCase) as CamelCase<T>;
  if (typeof value !== 'object' || value === null) return value as CamelCase<T>;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()), camelCase(one)])) as CamelCase<T>;
}

const compiled: Partial<Record<Naming, Validator<Payload>>> = {};
function validatorOf(naming: Naming): Validator<Payload> {
  return (compiled[naming] ??= compileSchema<Payload>({ $ref: `${schema.$id}#/definitions/${naming}` }, [schema]));
}
