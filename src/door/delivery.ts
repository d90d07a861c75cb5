import { join } from 'node:path';
import type { ActionFacts, OidcRequest, Services, WorkflowFacts } from '../attest/index.ts';
import type { ArtifactPlan, BaselinePlan, DeliveryPlan, GitHubPlan, PublishingPlan, SigningPlan, UploadPlan } from '../deliver/index.ts';
import { ConformanceError } from '../model/errors.ts';
import type { Stream } from '../stream/index.ts';
import type { RawInputs } from './inputs.ts';
import { resolvePath } from './paths.ts';
import { type Reader, reader, type Spelling } from './reader.ts';
import { regression } from './request.ts';
import type { Secrets } from './secrets.ts';
import { version } from './version.ts';

/** Where a result is delivered from. */
export interface Origin {
  secrets: Secrets;
  /** Told of every text that logs must not show, beside the secrets themselves. */
  mask(secret: string): void;
  /** What stays the same between the runs that come from here, such as the name of the repository. */
  name: string;
  /** A URI of the run. */
  uri?: string;
  /** What is said of a result that is not signed. */
  unsigned: string;
  /** Where a job asks for its identity, with the services that certify it. */
  keyless?: { oidc: OidcRequest; services: Services };
  /** The repository of the action, as the workflow names it. */
  action?: Pick<ActionFacts, 'repository' | 'ref'>;
  workflow?: WorkflowFacts;
  /** The repository on GitHub that results are published to. */
  repository?: { owner: string; repo: string; serverUrl: string };
  /** The run of the workflow, where it shows what came of it. */
  run?: Omit<GitHubPlan, 'access' | 'comment' | 'check'> & { api: string };
  /** Where the runner keeps artifacts. */
  artifacts?: ArtifactPlan;
  environment: NodeJS.ProcessEnv;
  /** The folder that holds `dist/`. */
  assets: string;
}

export interface Prepared {
  plan: DeliveryPlan;
  /** Where events go as they happen. */
  stream?: Stream;
}

/** Checks the inputs about what becomes of a result. Rejects with BAD_INPUT. What is heavy is loaded only where an input asks for it. */
export async function prepareDelivery(raw: RawInputs, spelling: Spelling, origin: Origin): Promise<Prepared> {
  const read = reader(raw, spelling);
  const upload = await uploadOf(read, origin);
  const publishing = publishingOf(read, origin);
  const baseline = await baselineOf(read, spelling, publishing);
  const signing = await signingOf(read, origin);
  const artifact = read.flag('artifact') ? origin.artifacts : undefined;
  const github = gitHubOf(read, origin);
  const stream = await streamOf(read, origin);
  return { plan: { signing, upload, ...(publishing && { publishing }), ...(baseline && { baseline }), ...(artifact && { artifact }), ...(github && { github }) }, ...(stream && { stream }) };
}

async function uploadOf(read: Reader, { secrets, mask, name }: Origin): Promise<UploadPlan> {
  const { credentialOf, defaultProvider, namings, providerAddress, systemIdOf } = await import('../provider/index.ts');
  const required = read.flag('require_upload');
  const naming = read.choice('provider_naming', namings);
  const url = providerAddress(read.text('provider_url') || defaultProvider, read.label('provider_url'));
  const { provider_token: token } = secrets;
  if (required && token === undefined) throw new ConformanceError('BAD_INPUT', `${read.label('require_upload')} is true, and there is no token to upload with: give ${read.label('provider_token')}.`);
  return { token: token === undefined ? undefined : credentialOf(token, mask), url, naming, systemId: systemIdOf(name), required };
}

async function signingOf(read: Reader, { secrets, keyless, unsigned, action, workflow, assets }: Origin): Promise<SigningPlan> {
  const { programDigest, readSigningKey, signerOf } = await import('../attest/index.ts');
  const { signing_key: secret } = secrets;
  const key = secret === undefined ? undefined : readSigningKey(secret.reveal(), read.label('signing_key'));
  const signer = signerOf({ key, ...keyless });
  return {
    signer,
    unsigned,
    action: { version, digest: await programDigest(join(assets, 'dist')), ...action },
    ...(workflow && { workflow }),
  };
}

function publishingOf(read: Reader, { secrets, repository, environment }: Origin): PublishingPlan | undefined {
  const branch = read.text('publish_branch');
  if (branch === '') return undefined;
  const token = secrets.github_token?.reveal() ?? '';
  if (repository === undefined || token === '') throw new ConformanceError('BAD_INPUT', `${read.label('publish_branch')} is ${JSON.stringify(branch)}, and there is no token to publish with: give ${read.label('github_token')}: \${{ github.token }}`);
  return { destination: { github: { ...repository, token } }, branch, environment };
}

/** Without a token nothing is shown there, and nobody asked for more than what the workflow gives by itself. */
function gitHubOf(read: Reader, { secrets, repository, run }: Origin): GitHubPlan | undefined {
  const [comment, check] = [read.flag('comment'), read.flag('check')];
  const { github_token: token } = secrets;
  if (run === undefined || repository === undefined || token === undefined) return undefined;
  const { api: url, place, ...rest } = run;
  const meshVersion = read.text('mesh_version');
  const { owner, repo } = repository;
  return { ...rest, access: { url, token, owner, repo }, place: { ...place, ...(meshVersion !== '' && { meshVersion }) }, comment, check };
}

async function baselineOf(read: Reader, spelling: Spelling, publishing: PublishingPlan | undefined): Promise<BaselinePlan | undefined> {
  const name = read.text('baseline');
  const counts = read.list('fail_on').includes(regression);
  if (name === '') {
    if (counts) throw new ConformanceError('BAD_INPUT', `${read.label('fail_on')} has "${regression}", and there is nothing to compare with: give ${read.label('baseline')}.`);
    return undefined;
  }
  const { latestBaseline, latestWord, readReport } = await import('./baseline.ts');
  if (name === latestWord) {
    if (publishing === undefined) throw read.bad('baseline', `the newest result is that of ${read.label('publish_branch')}, which is not given; give it, or write the path of a report.json`);
    return { name: `the branch ${publishing.branch}`, counts, find: latestBaseline(publishing) };
  }
  const report = await readReport(resolvePath(name, spelling));
  return { name, counts, find: () => Promise.resolve(report) };
}

async function streamOf(read: Reader, { secrets, uri }: Origin): Promise<Stream | undefined> {
  const url = secrets.stream_url?.reveal() ?? read.text('stream_url');
  if (url === '') return undefined;
  const { cloudEventStream } = await import('../stream/index.ts');
  return cloudEventStream({ url, urlLabel: read.label('stream_url'), ...(uri && { source: uri }) });
}
