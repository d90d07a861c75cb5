import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TufRepository {
  url: string;
  /** The root that a client begins with. */
  root: string;
  /** Paths that were asked for, in order. */
  seen: string[];
  /** Puts other bytes in place of a file's. */
  replace(path: string, bytes: Buffer): void;
  close(): Promise<void>;
}

/** A repository of The Update Framework with one target, `trusted_root.json`, and one key for all of its roles. */
export async function startTuf(trustedRoot: Buffer, { expires = new Date(Date.now() + 86_400_000) } = {}): Promise<TufRepository> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const key = { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex') } };
  const keyid = createHash('sha256').update(canonical(key)).digest('hex');
  const common = { spec_version: '1.0.31', version: 1, expires: `${expires.toISOString().slice(0, 19)}Z` };
  const signed = (what: object): string => JSON.stringify({ signatures: [{ keyid, sig: sign(null, Buffer.from(canonical(what)), privateKey).toString('hex') }], signed: what });
  const role = { keyids: [keyid], threshold: 1 };
  const digest = createHash('sha256').update(trustedRoot).digest('hex');
  const later = `${new Date(Date.now() + 86_400_000).toISOString().slice(0, 19)}Z`;
  const root = signed({ ...common, expires: later, _type: 'root', consistent_snapshot: true, keys: { [keyid]: key }, roles: { root: role, timestamp: role, snapshot: role, targets: role } });
  const files = new Map<string, Buffer>([
    ['/timestamp.json', Buffer.from(signed({ ...common, _type: 'timestamp', meta: { 'snapshot.json': { version: 1 } } }))],
    ['/1.snapshot.json', Buffer.from(signed({ ...common, _type: 'snapshot', meta: { 'targets.json': { version: 1 } } }))],
    ['/1.targets.json', Buffer.from(signed({ ...common, _type: 'targets', targets: { 'trusted_root.json': { length: trustedRoot.length, hashes: { sha256: digest } } } }))],
    [`/targets/${digest}.trusted_root.json`, trustedRoot],
  ]);
  const seen: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    seen.push(url);
    const file = files.get(url);
    response.writeHead(file === undefined ? 404 : 200).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, root, seen,
    replace(path, bytes) {
      const [found] = [...files.keys()].filter((name) => name.endsWith(path));
      if (found === undefined) throw new Error(`there is no ${path}`);
      files.set(found, bytes);
    },
    async close() {
      const ended = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await ended;
    },
  };
}

/** The one form of a value that is signed: sorted keys, no white space. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) return `{${Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => `${canonical(key)}:${canonical(one)}`).join(',')}}`;
  return JSON.stringify(value);
}
