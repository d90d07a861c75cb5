import { dirname, resolve } from 'node:path';
import { ConformanceError } from '../model/errors.ts';
import type { MeshDefinition } from '../model/mesh.ts';
import { mergePatch } from '../suite/merge-patch.ts';
import { type Complete, Incomplete } from '../yaml/index.ts';
import { findMesh } from './names.ts';

/**
 * Makes a whole definition of a user's file: where it `extends` a known mesh, its maps are merged over that one's, lists and values replace, and `null` takes away.
 * Paths on this machine, which are written relative to the file, become absolute. Pure.
 */
export function completing(file: string, known: readonly MeshDefinition[]): Complete {
  return (value) => {
    if (!isMap(value)) return value;
    const own = withPaths(value, dirname(resolve(file)));
    const { extends: base, ...changes } = own;
    return base === undefined ? own : mergePatch(baseOf(base, known), changes);
  };
}

function baseOf(name: unknown, known: readonly MeshDefinition[]): MeshDefinition {
  try {
    return findMesh(String(name), known);
  } catch (error) {
    if (error instanceof ConformanceError) throw new Incomplete('/extends', error.message);
    throw error;
  }
}

/** Every `path` of the install's parts. The schema, which is asked later, says where a map is missing. */
function withPaths(definition: Record<string, unknown>, folder: string): Record<string, unknown> {
  const install = mapOf(definition['install']);
  const parts = mapOf(install?.['parts']);
  if (install === undefined || parts === undefined) return definition;
  return { ...definition, install: { ...install, parts: Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, resolved(part, folder)])) } };
}

function resolved(value: unknown, folder: string): unknown {
  if (Array.isArray(value)) return value.map((one) => resolved(one, folder));
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => {
    // Values of a chart are the chart's: a path in them means something else.
    if (key === 'values') return [key, inner];
    return [key, key === 'path' && typeof inner === 'string' ? resolve(folder, inner) : resolved(inner, folder)];
  }));
}

function mapOf(value: unknown): Record<string, unknown> | undefined {
  return isMap(value) ? value : undefined;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
