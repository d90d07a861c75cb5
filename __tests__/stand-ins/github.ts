import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Comment {
  id: number;
  body: string;
  html_url: string;
  user: { login: string; type: 'Bot' | 'User' };
}

/** What the token may do; `pull-requests` and so on, as in a workflow. */
export type Permission = 'pull-requests' | 'checks' | 'attestations';

export interface GitHubApi {
  url: string;
  token: string;
  comments: Comment[];
  checks: Record<string, unknown>[];
  attestations: Record<string, unknown>[];
  /** `GET /repos/octo/mesh/issues/7/comments` and so on, in order, also those that were refused. */
  seen: string[];
  /** Answers the next requests whose line begins so; the last stays in force where `forever`. */
  next(line: string, answer: Answer, times?: number): void;
  /** Adds a comment that was there before. */
  say(body: string, user?: Partial<Comment['user']>): Comment;
  close(): Promise<void>;
}

export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export interface GitHubOptions {
  permissions?: Permission[];
  /** The login of the person whose token it is; that of a workflow belongs to an app, which has none. */
  login?: string;
}

const bot = { login: 'github-actions[bot]', type: 'Bot' } as const;
const repository = '/repos/octo/mesh';

/**
 * GitHub's API for the repository octo/mesh: comments on pull request 7, checks, and attestations, with the answers that GitHub gives. It refuses what GitHub refuses: a wrong token, a request without
 * a user agent, what the token has no permission for, texts that are too long, fields that are missing or unknown, and pages of more than a hundred.
 */
export async function startGitHub({ permissions = ['pull-requests', 'checks', 'attestations'], login }: GitHubOptions = {}): Promise<GitHubApi> {
  const whims: { line: string; answer: Answer; times: number }[] = [];
  let ids = 1000;
  const api: GitHubApi = {
    url: '', token: 'ghs_0123456789abcdef', comments: [], checks: [], attestations: [], seen: [],
    next: (line, answer, times = 1) => void whims.push({ line, answer, times }),
    say(body, user = {}) {
      const comment: Comment = { id: ++ids, body, html_url: `https://github.com/octo/mesh/pull/7#issuecomment-${ids}`, user: { ...bot, ...user } };
      api.comments.push(comment);
      return comment;
    },
    async close() {
      const ended = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await ended;
    },
  };

  const server = createServer((request, response) => {
    void handle(request).then(({ status, body, headers }) => response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(JSON.stringify(body)));
  });

  async function handle(request: IncomingMessage): Promise<Answer> {
    const url = new URL(request.url ?? '', api.url);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const line = `${request.method} ${url.pathname}`;
    api.seen.push(line);
    const whim = whims.find((one) => one.times > 0 && line.startsWith(one.line));
    if (whim !== undefined) {
      whim.times -= 1;
      return whim.answer;
    }
    if (!request.headers['user-agent']) return no(403, 'Request forbidden by administrative rules. Please make sure your request has a User-Agent header');
    if (request.headers.authorization !== `token ${api.token}`) return no(401, 'Bad credentials');
    if (!String(request.headers.accept).startsWith('application/vnd.github')) return no(415, 'Unsupported accept header');
    const text = Buffer.concat(chunks).toString('utf8');
    return route(line, url, text === '' ? {} : (JSON.parse(text) as Record<string, unknown>));
  }

  function route(line: string, url: URL, body: Record<string, unknown>): Answer {
    if (line === 'GET /user') return login === undefined ? forbidden() : { status: 200, body: { login, type: 'User' } };
    if (line === `GET ${repository}/issues/7/comments`) return list(url);
    if (line === `POST ${repository}/issues/7/comments`) return may('pull-requests') ?? textProblem(body) ?? { status: 201, body: api.say(String(body['body']), login === undefined ? {} : { login, type: 'User' }) };
    const id = Number(new RegExp(`^PATCH ${repository}/issues/comments/(\\d+)$`).exec(line)?.[1]);
    if (!Number.isNaN(id)) return may('pull-requests') ?? textProblem(body) ?? change(id, String(body['body']));
    if (line === `POST ${repository}/check-runs`) return may('checks') ?? check(body);
    if (line === `POST ${repository}/attestations`) return may('attestations') ?? attest(body);
    return no(404, 'Not Found');
  }

  function may(permission: Permission): Answer | undefined {
    return permissions.includes(permission) ? undefined : forbidden();
  }

  function list({ searchParams }: URL): Answer {
    const size = Number(searchParams.get('per_page') ?? 30);
    const page = Number(searchParams.get('page') ?? 1);
    if (size > 100) return no(422, 'per_page is at most 100');
    const more = api.comments.length > page * size ? { link: `<${api.url}${repository}/issues/7/comments?per_page=${size}&page=${page + 1}>; rel="next"` } : {};
    return { status: 200, body: api.comments.slice((page - 1) * size, page * size), headers: more };
  }

  function change(id: number, body: string): Answer {
    const comment = api.comments.find((one) => one.id === id);
    if (comment === undefined) return no(404, 'Not Found');
    comment.body = body;
    return { status: 200, body: comment };
  }

  function check(body: Record<string, unknown>): Answer {
    const known = ['name', 'head_sha', 'status', 'conclusion', 'external_id', 'details_url', 'started_at', 'completed_at', 'output'];
    const { title, summary } = (body['output'] ?? {}) as Record<string, unknown>;
    const problems = [
      ...Object.keys(body).filter((key) => !known.includes(key)).map((key) => `${key} is not a permitted key`),
      ...known.filter((key) => body[key] === undefined).map((key) => `${key} is missing`),
      ...(/^[0-9a-f]{40}$/.test(String(body['head_sha'])) ? [] : ['No commit found for SHA']),
      ...(['success', 'failure', 'neutral', 'cancelled', 'skipped', 'timed_out', 'action_required'].includes(String(body['conclusion'])) ? [] : ['conclusion is not included in the list']),
      ...(['started_at', 'completed_at'].every((key) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(String(body[key]))) ? [] : ['not a date-time']),
      ...(typeof title === 'string' && typeof summary === 'string' && Buffer.byteLength(summary) <= 65_535 ? [] : ['output.summary exceeds a maximum bytesize of 65535']),
    ];
    if (problems.length > 0) return invalid(problems.join('; '));
    api.checks.push(body);
    return { status: 201, body: { id: ++ids, html_url: `https://github.com/octo/mesh/runs/${ids}`, ...body } };
  }

  function attest({ bundle, ...more }: Record<string, unknown>): Answer {
    const { mediaType, verificationMaterial, dsseEnvelope } = (bundle ?? {}) as { mediaType?: string; verificationMaterial?: { certificate?: unknown }; dsseEnvelope?: { payload?: string } };
    if (Object.keys(more).length > 0 || mediaType !== 'application/vnd.dev.sigstore.bundle.v0.3+json' || verificationMaterial?.certificate === undefined || typeof dsseEnvelope?.payload !== 'string') return invalid('Invalid Sigstore bundle');
    api.attestations.push(bundle as Record<string, unknown>);
    return { status: 201, body: { id: ++ids } };
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  api.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return api;
}

function textProblem(body: Record<string, unknown>): Answer | undefined {
  const { body: text, ...more } = body;
  if (typeof text !== 'string' || text === '' || Object.keys(more).length > 0) return invalid('body can\'t be blank');
  return text.length > 65_536 ? invalid('Body is too long (maximum is 65536 characters)') : undefined;
}

function forbidden(): Answer {
  return no(403, 'Resource not accessible by integration');
}

function no(status: number, message: string): Answer {
  return { status, body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) } };
}

function invalid(message: string): Answer {
  return { status: 422, body: { message: 'Validation Failed', errors: [{ resource: 'Data', code: 'unprocessable', field: 'data', message }], documentation_url: 'https://docs.github.com/rest', status: '422' } };
}
