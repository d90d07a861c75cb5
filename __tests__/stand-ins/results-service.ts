import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An artifact that was uploaded in full. */
export interface Stored {
  id: number;
  zip: Buffer;
}

export interface ResultsService {
  url: string;
  /** What a runner gives a step as `ACTIONS_RUNTIME_TOKEN`. */
  token: string;
  stored: Map<string, Stored>;
  /** `CreateArtifact`, `PUT block`, `PUT blocklist`, `FinalizeArtifact`, in order, also those that were refused. */
  seen: string[];
  /** Answers every request of that kind so from now on. */
  always(line: string, status: number, body: unknown): void;
  close(): Promise<void>;
}

interface Answer {
  status: number;
  body: unknown;
}

const service = '/twirp/github.actions.results.api.v1.ArtifactService/';
const ids = { workflow_run_backend_id: 'ce7f54c7-61c7-4aae-887f-30da475f5f1a', workflow_job_run_backend_id: 'ca395085-040a-526b-2ce8-bdc85f692774' };

/**
 * The runner's service for artifacts with its storage behind it, by their protocols: Twirp as JSON, then blocks and a list of them to a signed URL. It refuses
 * a wrong token, a field that is not in the contract, a name that is taken or not allowed, an unsigned URL, and a size or hash that is not the content's.
 */
export async function startResultsService(): Promise<ResultsService> {
  const begun = new Map<string, Map<string, Buffer>>();
  const contents = new Map<string, Buffer>();
  const fixed = new Map<string, Answer>();
  const token = [{ alg: 'none' }, { scp: `Actions.Something Actions.Results:${ids.workflow_run_backend_id}:${ids.workflow_job_run_backend_id}` }].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).concat('c2lnbmVk').join('.');
  const results: ResultsService = { url: '', token, stored: new Map(), seen: [], always: (line, status, body) => void fixed.set(line, { status, body }), close: () => closed() };

  const server = createServer((request, response) => {
    void handle(request).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': typeof body === 'string' ? 'application/xml' : 'application/json', 'x-ms-request-id': '1', 'x-ms-version': String(request.headers['x-ms-version'] ?? '') });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });

  async function closed(): Promise<void> {
    const ended = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await ended;
  }

  async function handle(request: IncomingMessage): Promise<Answer> {
    const url = new URL(request.url ?? '', results.url);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const isRpc = url.pathname.startsWith(service);
    const line = isRpc ? url.pathname.slice(service.length) : `${request.method} ${url.searchParams.get('comp') ?? 'blob'}`;
    results.seen.push(line);
    return fixed.get(line) ?? (isRpc ? rpc(line, request, body) : store(request, url, body));
  }

  function rpc(method: string, { method: verb, headers }: IncomingMessage, body: Buffer): Answer {
    if (verb !== 'POST' || headers['content-type'] !== 'application/json') return refusal(400, 'malformed', 'a call is a POST of application/json');
    if (headers.authorization !== `Bearer ${token}`) return refusal(401, 'unauthenticated', 'the token is not valid');
    const { workflow_run_backend_id: run, workflow_job_run_backend_id: job, name, ...more } = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
    if (run !== ids.workflow_run_backend_id || job !== ids.workflow_job_run_backend_id) return refusal(403, 'permission_denied', 'not of this job');
    if (typeof name !== 'string' || name === '' || /["<>:|*?\r\n\\/]/.test(name)) return refusal(400, 'invalid_argument', 'the name is not allowed');
    if (method === 'CreateArtifact') return create(name, more);
    return method === 'FinalizeArtifact' ? finalize(name, more) : refusal(404, 'bad_route', `there is no ${method}`);
  }

  function create(name: string, { version, mime_type: mime, ...more }: Record<string, unknown>): Answer {
    if (version !== 7 || mime !== 'application/zip' || Object.keys(more).length > 0) return refusal(400, 'invalid_argument', `not understood: ${JSON.stringify({ version, mime, ...more })}`);
    if (begun.has(name)) return refusal(409, 'already_exists', 'an artifact with this name already exists on the workflow run');
    begun.set(name, new Map());
    return { status: 200, body: { ok: true, signed_upload_url: `${results.url}/container/${encodeURIComponent(name)}?se=2099-01-01&sig=${signatureOf(name)}` } };
  }

  function finalize(name: string, { size, hash, ...more }: Record<string, unknown>): Answer {
    const zip = contents.get(name);
    if (zip === undefined || Object.keys(more).length > 0) return refusal(412, 'failed_precondition', 'nothing was uploaded');
    if (size !== String(zip.length) || hash !== `sha256:${createHash('sha256').update(zip).digest('hex')}`) return refusal(400, 'invalid_argument', 'size or hash is not the content\'s');
    const id = 1000 + results.stored.size;
    results.stored.set(name, { id, zip });
    return { status: 200, body: { ok: true, artifact_id: String(id) } };
  }

  function store({ method, headers }: IncomingMessage, { pathname, searchParams }: URL, body: Buffer): Answer {
    const name = decodeURIComponent(pathname.slice('/container/'.length));
    const blocks = begun.get(name);
    if (blocks === undefined || searchParams.get('sig') !== signatureOf(name)) return { status: 403, body: '<?xml version="1.0"?><Error><Code>AuthenticationFailed</Code><Message>the signature is not valid</Message></Error>' };
    if (headers.authorization !== undefined) return { status: 400, body: '<?xml version="1.0"?><Error><Code>InvalidHeaderValue</Code><Message>the token does not belong here</Message></Error>' };
    if (method !== 'PUT' || headers['x-ms-version'] === undefined) return { status: 400, body: '<?xml version="1.0"?><Error><Code>UnsupportedHttpVerb</Code><Message>not a block</Message></Error>' };
    if (searchParams.get('comp') === 'block') blocks.set(searchParams.get('blockid') ?? '', body);
    else if (searchParams.get('comp') === 'blocklist') contents.set(name, Buffer.concat([...body.toString('utf8').matchAll(/<Latest>([^<]+)<\/Latest>/g)].map(([, id = '']) => blocks.get(id) ?? Buffer.from('missing'))));
    else contents.set(name, body);
    return { status: 201, body: '' };
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  results.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return results;
}

function signatureOf(name: string): string {
  return createHash('sha256').update(`secret ${name}`).digest('hex');
}

function refusal(status: number, code: string, msg: string): Answer {
  return { status, body: { code, msg } };
}
