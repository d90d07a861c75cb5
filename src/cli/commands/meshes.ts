import { join } from 'node:path';
import { assetsFolder } from '../../door/paths.ts';
import type { MeshDefinition } from '../../model/mesh.ts';
import { columns } from '../columns.ts';
import type { AddCommand } from '../program.ts';

/** `meshes`: the meshes that are known by name. */
export const addMeshes: AddCommand = (program, { terminal }) => {
  program
    .command('meshes')
    .description('list the meshes that are known by name')
    .option('--json', 'as JSON, for programs')
    .action(async ({ json }: { json?: true }) => {
      const { loadDefinitions } = await import('../../mesh/index.ts');
      const definitions = await loadDefinitions(join(assetsFolder(), 'meshes'));
      terminal.out(json ? JSON.stringify(definitions.map(rowOf), undefined, 2) : columns(definitions.map(lineOf)));
    });
};

function rowOf({ id, name, aliases, status, reason, claims }: MeshDefinition): object {
  return { id, name, aliases, status, ...(reason === undefined ? {} : { reason }), claims };
}

function lineOf({ id, name, aliases, status }: MeshDefinition): string[] {
  return [id, status, name, aliases.length === 0 ? '' : `also ${aliases.join(', ')}`];
}
