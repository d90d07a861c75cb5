import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import type { KubeObject } from '../../cluster/port.ts';
import { ConformanceError, messageOf } from '../../model/errors.ts';
import type { ManifestsPart } from '../../model/install.ts';
import { fetchFile, requireSha256, type Surroundings } from './fetch.ts';

/** The objects of all files, in order. Rejects with BAD_DEFINITION for what is no manifest, TOOL_UNAVAILABLE and WRONG_CHECKSUM. */
export async function readManifests({ files }: ManifestsPart, namespace: string, name: string, surroundings: Surroundings): Promise<KubeObject[]> {
  const texts = await Promise.all(files.map(async (source, index) => {
    if ('path' in source) return { text: await textOf(source.path), source: source.path };
    const file = await fetchFile(source.url, join(surroundings.directory, `${name}-${index}.yaml`), 'a manifest', surroundings);
    await requireSha256(file, source.sha256, source.url);
    return { text: await readFile(file, 'utf8'), source: source.url };
  }));
  return texts.flatMap(({ text, source }) => objectsIn(text, source, namespace));
}

/** The objects in a text of YAML documents; what names no namespace gets the given one, which the server drops from objects that live in none. Throws BAD_DEFINITION. Pure. */
export function objectsIn(text: string, source: string, namespace: string): KubeObject[] {
  const documents = parsed(text, source).filter((document) => document !== null && document !== undefined);
  return documents.flatMap((document) => (isList(document) ? document.items : [document])).map((document) => {
    if (!isObject(document)) throw new ConformanceError('BAD_DEFINITION', `${source} holds a document that is no Kubernetes object with apiVersion, kind and metadata.name: mend it`);
    return { ...document, metadata: { ...document.metadata, namespace: document.metadata.namespace ?? namespace } };
  });
}

function parsed(text: string, source: string): unknown[] {
  try {
    return loadAll(text);
  } catch (error) {
    throw new ConformanceError('BAD_DEFINITION', `${source} is no YAML: ${messageOf(error)}`, { cause: error });
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new ConformanceError('BAD_DEFINITION', `the manifest ${path} cannot be read: ${messageOf(error)}. Mend its path in the mesh_definition; it is taken relative to that file.`, { cause: error });
  }
}

function isList(document: unknown): document is { items: unknown[] } {
  const { kind, items } = document as { kind?: unknown; items?: unknown };
  return kind === 'List' && Array.isArray(items);
}

function isObject(document: unknown): document is KubeObject {
  const { apiVersion, kind, metadata } = (document ?? {}) as { apiVersion?: unknown; kind?: unknown; metadata?: { name?: unknown } };
  return typeof apiVersion === 'string' && typeof kind === 'string' && typeof metadata?.name === 'string';
}
