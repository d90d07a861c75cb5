import type { Context } from '../context.ts';
import { type Content, html } from '../html.ts';
import { type Link, places } from '../links.ts';
import { legend } from '../parts/marks.ts';
import { matrix, type MatrixColumn } from '../parts/matrix.ts';
import { pageOf } from '../page.ts';
import type { Made } from '../page-result.ts';
import { verdictData } from '../summary-data.ts';
import type { MeshRuns } from '../timeline.ts';

/** Every requirement of the suite, by the newest run of each mesh's greatest version. */
export function requirementsPage({ title, meshes, requirements, known }: Context): Made {
  const path = places.requirements;
  const main = (link: Link): Content => html`<h1>Requirements</h1>
<p class="lead">Each requirement of the suite, and what the latest version of each mesh makes of it.</p>
${meshes.length === 0 ? html`<p class="calm">There are no runs yet.</p>` : html`${legend()}
${matrix({ columns: latestColumns(meshes, link), requirements, known, link, caption: 'Requirements by mesh' })}`}`;
  const data = {
    requirements: [...requirements.values()],
    meshes: meshes.flatMap(({ id, versions: [first] }) => (first === undefined ? [] : [{ id, version: first.version, report: first.run.path, verdicts: verdictData(first.run) }])),
  };
  return { path, html: pageOf({ path, title: 'Requirements', description: `All ${requirements.size} requirements of the suite, by mesh.`, part: 'requirements', main }, title), data };
}

/** A column for each mesh. */
export function latestColumns(meshes: readonly MeshRuns[], link: Link): MatrixColumn[] {
  return meshes.flatMap(({ id, name, versions: [first] }) => (first === undefined ? [] : [{ head: html`<a href="${link(places.mesh(id))}">${name}</a> <small>${first.version}</small>`, run: first.run }]));
}
