import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, verify, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fulcioHandler, initializeCA, initializeCTLog, initializeTLog, initializeTSA, tsaHandler } from '@sigstore/mock';
import { HashAlgorithm, PublicKeyDetails, TrustedRoot } from '@sigstore/protobuf-specs';
import type { OidcRequest, Services } from '../../src/attest/index.ts';
import { preAuthEncoding } from '../../src/attest/envelope.ts';

/** What the workflow of the tests is, as GitHub's identity tokens say it. */
export const claims = {
  iss: 'https://token.actions.githubusercontent.com',
  aud: 'sigstore',
  sub: 'repo:octo/mesh:ref:refs/heads/main',
  repository: 'octo/mesh',
  repository_id: '4711',
  repository_owner: 'octo',
  repository_owner_id: '42',
  ref: 'refs/heads/main',
  sha: 'a'.repeat(40),
  event_name: 'push',
  workflow: 'Conformance',
  workflow_ref: 'octo/mesh/.github/workflows/conformance.yml@refs/heads/main',
  workflow_sha: 'a'.repeat(40),
  job_workflow_ref: 'octo/mesh/.github/workflows/conformance.yml@refs/heads/main',
  job_workflow_sha: 'a'.repeat(40),
  runner_environment: 'github-hosted',
  run_id: '1001',
  run_attempt: '1',
};

/** The token with which a job asks for its identity. */
export const requestToken = 'ghs_request-token-nobody-may-see';

export type Place = 'oidc' | 'fulcio' | 'rekor' | 'tsa';

export interface Answer {
  status: number;
  body: string | Uint8Array;
  type?: string;
}

/** GitHub's identities and Sigstore's services on one port of this machine, speaking their protocols with keys of their own. */
export interface Sigstore {
  oidc: OidcRequest;
  /** Fulcio and Rekor, as the public instance. */
  services: Services;
  /** Fulcio and a time-stamp authority, as GitHub's own. */
  stampedServices: Services;
  trustedRoot: TrustedRoot;
  stampedRoot: TrustedRoot;
  /** As in its file. */
  rootBytes(root: TrustedRoot): Buffer;
  /** What a place answers in place of what is right; undefined for what is right. */
  instead: Partial<Record<Place, (attempt: number) => Answer | undefined>>;
  /** Asked so often. */
  asked: Record<Place, number>;
  /** Every identity token that was given. */
  tokens: string[];
  /** Added to and changed in the identity. */
  claims: Record<string, unknown>;
  close(): Promise<void>;
}

export async function startSigstore(): Promise<Sigstore> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keys = (): { publicKey: KeyObject; privateKey: KeyObject } => generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const ctlog = await initializeCTLog(keys());
  const ca = await initializeCA(keys(), ctlog);
  const unloggedCa = await initializeCA(keys());
  const tlog = await initializeTLog(url, keys());
  const tsaKeys = keys();
  const tsa = await initializeTSA(tsaKeys);

  const sigstore: Sigstore = {
    oidc: { url: `${url}/oidc?api-version=2.0`, token: requestToken },
    services: { fulcio: url, rekor: url },
    stampedServices: { fulcio: `${url}/githubs`, tsa: url },
    trustedRoot: rootOf({ url, authority: ca.rootCertificate, ctlog, tlog, tsa }),
    stampedRoot: rootOf({ url, authority: unloggedCa.rootCertificate, tsa }),
    rootBytes: (root) => Buffer.from(JSON.stringify(TrustedRoot.toJSON(root))),
    instead: {},
    asked: { oidc: 0, fulcio: 0, rekor: 0, tsa: 0 },
    tokens: [],
    claims: {},
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  const handlers: Record<string, { place: Place; answer(request: IncomingMessage, body: string): Promise<Answer> }> = {
    '/oidc': { place: 'oidc', answer: async (request) => identity(request, sigstore) },
    '/api/v2/signingCert': { place: 'fulcio', answer: async (_, body) => certify(body, fulcioHandler(ca, { subjectClaim: 'signer' }).fn) },
    '/githubs/api/v2/signingCert': { place: 'fulcio', answer: async (_, body) => certify(body, fulcioHandler(unloggedCa, { subjectClaim: 'signer' }).fn) },
    '/api/v1/log/entries': { place: 'rekor', answer: async (_, body) => log(body, tlog) },
    '/api/v1/timestamp': { place: 'tsa', answer: async (_, body) => stamp(body, tsaHandler(await initializeTSA(tsaKeys, wholeSecond())).fn) },
  };
  serve(server, handlers, sigstore);
  return sigstore;
}

function serve(server: Server, handlers: Record<string, { place: Place; answer(request: IncomingMessage, body: string): Promise<Answer> }>, sigstore: Sigstore): void {
  server.on('request', (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const handler = handlers[new URL(request.url ?? '', 'http://any').pathname];
      if (handler === undefined) return void response.writeHead(404).end();
      const attempt = ++sigstore.asked[handler.place];
      const wrong = sigstore.instead[handler.place]?.(attempt);
      const right = wrong ?? handler.answer(request, Buffer.concat(chunks).toString('utf8'));
      void Promise.resolve(right).catch((error: unknown): Answer => ({ status: 500, body: String(error) })).then(({ status, body, type }) => {
        response.writeHead(status, { 'content-type': type ?? 'application/json' }).end(body);
      });
    });
  });
}

/** GitHub's endpoint: the bearer token, the audience, and a JWT for them. */
function identity(request: IncomingMessage, sigstore: Sigstore): Answer {
  if (request.headers.authorization !== `Bearer ${requestToken}`) return { status: 401, body: '{"message":"bad token"}' };
  const audience = new URL(request.url ?? '', 'http://any').searchParams.get('audience');
  const now = Math.floor(Date.now() / 1000);
  const all: Record<string, unknown> = { ...claims, ...sigstore.claims, aud: audience, iat: now, exp: now + 300, ...('iat' in sigstore.claims ? { iat: sigstore.claims['iat'] } : {}) };
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ ...all, signer: `https://github.com/${String(all['job_workflow_ref'])}` })}.${part('signature of GitHub')}`;
  sigstore.tokens.push(token);
  return { status: 200, body: JSON.stringify({ count: 1, value: token }) };
}

/** Fulcio asks for an identity of its audience, and a proof that the key is there: a signature of the subject. */
async function certify(body: string, issue: (body: string) => Promise<{ statusCode: number; response: string | ArrayBufferView<ArrayBuffer> }>): Promise<Answer> {
  const { credentials, publicKeyRequest } = JSON.parse(body) as { credentials: { oidcIdentityToken: string }; publicKeyRequest: { publicKey: { content: string }; proofOfPossession: string } };
  const { aud, sub } = JSON.parse(Buffer.from(credentials.oidcIdentityToken.split('.')[1] ?? '', 'base64url').toString()) as { aud: string; sub: string };
  if (aud !== 'sigstore') return { status: 400, body: '{"message":"wrong audience"}' };
  const proven = verify('sha256', Buffer.from(sub), createPublicKey(publicKeyRequest.publicKey.content), Buffer.from(publicKeyRequest.proofOfPossession, 'base64'));
  if (!proven) return { status: 400, body: '{"message":"the key is not there"}' };
  const { statusCode, response } = await issue(body);
  return { status: statusCode, body: typeof response === 'string' ? response : textOf(response) };
}

function textOf(view: ArrayBufferView): string {
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString();
}

type Log = Awaited<ReturnType<typeof initializeTLog>>;

/** Rekor checks the envelope's signature, and writes an entry of its own form. */
async function log(body: string, tlog: Log): Promise<Answer> {
  const { kind, spec } = JSON.parse(body) as { kind: string; spec: { proposedContent: { envelope: string; verifiers: string[] } } };
  if (kind !== 'dsse') return { status: 400, body: '{"message":"not this kind"}' };
  const { envelope, verifiers: [verifier = ''] } = spec.proposedContent;
  const { payload, payloadType, signatures: [signature] } = JSON.parse(envelope) as { payload: string; payloadType: string; signatures: { sig: string }[] };
  const { publicKey } = new X509Certificate(Buffer.from(verifier, 'base64'));
  const content = Buffer.from(payload, 'base64');
  if (!verify('sha256', preAuthEncoding(payloadType, content), publicKey, Buffer.from(signature?.sig ?? '', 'base64'))) return { status: 400, body: '{"message":"bad signature"}' };
  const entry = {
    apiVersion: '0.0.1',
    kind: 'dsse',
    spec: {
      envelopeHash: { algorithm: 'sha256', value: createHash('sha256').update(envelope).digest('hex') },
      payloadHash: { algorithm: 'sha256', value: createHash('sha256').update(content).digest('hex') },
      signatures: [{ signature: signature?.sig, verifier }],
    },
  };
  return { status: 201, body: JSON.stringify(await tlog.log(entry)) };
}

/** Authorities give whole seconds; the verifying library reads no others but those with three digits after the point. */
function wholeSecond(): Date {
  return new Date(Math.floor(Date.now() / 1000) * 1000);
}

async function stamp(body: string, answer: (body: string) => Promise<{ statusCode: number; response: string | ArrayBufferView<ArrayBuffer> }>): Promise<Answer> {
  const { statusCode, response } = await answer(body);
  if (typeof response === 'string') return { status: statusCode, body: response };
  const bytes = Buffer.from(new Uint8Array(response.buffer, response.byteOffset, response.byteLength));
  return { status: statusCode, body: bytes, type: 'application/timestamp-reply' };
}

interface RootParts {
  url: string;
  authority: ArrayBufferView;
  ctlog?: { publicKey: Buffer; logID: ArrayBufferView };
  tlog?: { publicKey: Buffer };
  tsa: { rootCertificate: ArrayBufferView; intCertificate: ArrayBufferView };
}

function rootOf({ url, authority, ctlog, tlog, tsa }: RootParts): TrustedRoot {
  const bytes = (view: ArrayBufferView): Buffer => Buffer.from(view.buffer, view.byteOffset, view.byteLength);
  const validFor = { start: new Date(Date.now() - 3_600_000) };
  const subject = { organization: 'test', commonName: 'sigstore' };
  const logOf = (publicKey: Buffer): TrustedRoot['tlogs'][number] => ({
    baseUrl: url,
    hashAlgorithm: HashAlgorithm.SHA2_256,
    publicKey: { rawBytes: publicKey, keyDetails: PublicKeyDetails.PKIX_ECDSA_P256_SHA_256, validFor },
    logId: { keyId: createHash('sha256').update(publicKey).digest() },
    checkpointKeyId: undefined,
    operator: 'test',
  });
  return {
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    certificateAuthorities: [{ subject, uri: url, certChain: { certificates: [{ rawBytes: bytes(authority) }] }, validFor, operator: 'test' }],
    tlogs: tlog === undefined ? [] : [logOf(tlog.publicKey)],
    ctlogs: ctlog === undefined ? [] : [logOf(ctlog.publicKey)],
    timestampAuthorities: [{ subject, uri: url, certChain: { certificates: [{ rawBytes: bytes(tsa.intCertificate) }, { rawBytes: bytes(tsa.rootCertificate) }] }, validFor, operator: 'test' }],
  };
}
