import type { KubeObject } from '../../cluster/port.ts';
import { ConformanceError } from '../../model/errors.ts';
import type { HelmPart, Install, InstallPart } from '../../model/install.ts';
import type { MeshDefinition } from '../../model/mesh.ts';
import { ensureTool } from '../../tools/index.ts';
import { fetchChart } from './chart.ts';
import type { Surroundings } from './fetch.ts';
import { createHelm, type ReleasePlace, writeValues } from './helm.ts';
import { readManifests } from './manifests.ts';
import { renderManifests } from './program.ts';
import { sameVersion, wantedVersion } from './version.ts';

/** A part with all that it takes on this machine. */
export type PreparedPart =
  | (ReleasePlace & { how: 'helm'; chart: string; values: string; hooks: boolean; /** Of the chart. */ versions: string[] })
  | { how: 'objects'; namespace: string; objects: KubeObject[] };

/** A mesh, ready to be put onto a cluster. */
export interface PreparedMesh {
  definition: MeshDefinition;
  install: Install;
  version: string;
  parts: PreparedPart[];
  /** Path of Helm, where a part needs it. */
  helm: string | undefined;
}

/** Gets everything that an install takes and that needs no cluster: it can go on while one is booted. Rejects with NOT_SUPPORTED, BAD_INPUT, BAD_DEFINITION, TOOL_UNAVAILABLE, WRONG_CHECKSUM, COMMAND_FAILED, CANCELLED. */
export async function prepareMesh({ definition, version: asked, ...surroundings }: Surroundings & { definition: MeshDefinition; version?: string }): Promise<PreparedMesh> {
  const { install, name } = definition;
  if (install === undefined) throw new ConformanceError('NOT_SUPPORTED', `how ${name} is installed is not known: install it on the cluster yourself and set mesh_deployed to true, or say it in a mesh_definition (install)`);
  const parts = Object.entries(install.parts);
  const helm = parts.some(([, part]) => 'helm' in part) ? (await ensureTool('helm', { ...surroundings, log: surroundings.log })).path : undefined;
  const context = { install, name, asked, helm, surroundings };
  const prepared = await Promise.all(parts.map(([part, how]) => preparePart(part, how, context)));
  return { definition, install, helm, parts: prepared, version: versionOf(prepared[0], install, asked) };
}

interface Context {
  install: Install;
  /** Of the mesh. */
  name: string;
  asked: string | undefined;
  helm: string | undefined;
  surroundings: Surroundings;
}

async function preparePart(name: string, part: InstallPart, context: Context): Promise<PreparedPart> {
  const { install, asked, surroundings } = context;
  if ('helm' in part) return prepareChart(name, part.helm, context);
  const version = wantedVersion(install, asked);
  if ('cli' in part) {
    const namespace = part.cli.namespace ?? install.namespace;
    return { how: 'objects', namespace, objects: await renderManifests(part.cli, namespace, version, surroundings) };
  }
  if (!install.versions.some((known) => known.version === version)) {
    throw new ConformanceError('BAD_INPUT', `the manifests of ${context.name} are of ${install.versions.map((known) => known.version).join(', ')}, not of ${version}: leave out mesh_version, or bring a mesh_definition with those of ${version}`);
  }
  const namespace = part.manifests.namespace ?? install.namespace;
  return { how: 'objects', namespace, objects: await readManifests(part.manifests, namespace, name, surroundings) };
}

async function prepareChart(name: string, part: HelmPart, { install, name: mesh, asked, helm: program = 'helm', surroundings }: Context): Promise<PreparedPart> {
  const chart = part.path ?? (await fetchChart(part, wantedVersion(install, asked), surroundings));
  const { version, appVersion } = await createHelm(program, undefined, surroundings).show(chart);
  const versions = appVersion === undefined ? [version] : [appVersion, version];
  if (part.path !== undefined && asked !== undefined && !versions.some((one) => sameVersion(one, asked))) {
    throw new ConformanceError('BAD_INPUT', `the chart ${part.path} is of ${mesh} ${versions[0]}, and mesh_version asks for ${asked}: leave out mesh_version, or name another chart in the mesh_definition`);
  }
  const values = await writeValues(surroundings.directory, name, part.values ?? {});
  return { how: 'helm', release: part.release, namespace: part.namespace ?? install.namespace, chart, values, hooks: part.removalHooks ?? true, versions };
}

/** The version that will run: a chart of the user's own says it itself. */
function versionOf(first: PreparedPart | undefined, install: Install, asked: string | undefined): string {
  const own = first?.how === 'helm' && Object.values(install.parts).some((part) => 'helm' in part && part.helm.path === first.chart);
  return own ? (first.versions[0] ?? 'unknown') : wantedVersion(install, asked);
}
