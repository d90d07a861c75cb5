import { hostname } from 'node:os';
import { type Prepared, prepareDelivery } from '../door/delivery.ts';
import { assetsFolder } from '../door/paths.ts';
import { readEvent } from './github.ts';
import { labelOf, readRaw } from './inputs.ts';
import type { Runner, Toolkit } from './toolkit.ts';

/** Checks the inputs about what becomes of the result. Rejects with BAD_INPUT. */
export async function prepare(toolkit: Toolkit, { secrets, github, workspace, home, environment }: Runner): Promise<Prepared> {
  const { servicesFor, unsignedText } = await import('../attest/index.ts');
  const event = await readEvent(github.eventFile);
  const { workflow, repository, oidc, api, artifacts, action } = github;
  const file = workflow?.workflowRef.replace(/@.*$/, '');
  return prepareDelivery(readRaw(toolkit), { label: labelOf, directory: workspace, home }, {
    secrets,
    mask: (secret) => toolkit.setSecret(secret),
    name: workflow?.repository ?? hostname(),
    ...(workflow && { workflow, uri: `${workflow.server}/${workflow.repository}/actions/runs/${workflow.runId}` }),
    unsigned: unsignedText({ on: 'github', fork: event.fork }),
    ...(oidc && { keyless: { oidc: { url: oidc.url, token: oidc.token.reveal() }, services: servicesFor(event.visibility) } }),
    action,
    ...(repository && { repository }),
    ...(artifacts && { artifacts }),
    ...(api && {
      run: {
        api: api.url, run: api.run, fork: event.fork, commit: event.pull?.commit ?? api.commit,
        ...(event.pull && { pull: event.pull.number }),
        place: { ...(file && { workflow: file }), ...(api.job && { job: api.job }), ...(api.step && { step: api.step }) },
      },
    }),
    environment,
    assets: assetsFolder(),
  });
}
