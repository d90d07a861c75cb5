import { createHash } from 'node:crypto';

/** Namespace of the UUIDs below (RFC 9562, section 5.5). */
const namespace = '2c1f6a94-0d5b-4e0e-9d0c-6f2a7b51c3e8';

/** The id of a result at every provider: made of the SHA-256 of its `report.json`, so that the same report has the same id, and a record at a provider can be matched with a signed report. */
export function resultIdOf(report: Uint8Array): string {
  return nameBased(`sha256:${digestOf(report)}`);
}

/** The id of who sends (`SystemID`), made of what stays the same between its runs, such as the name of the repository. */
export function systemIdOf(origin: string): string {
  return nameBased(`system:${origin}`);
}

export function digestOf(report: Uint8Array): string {
  return createHash('sha256').update(report).digest('hex');
}

/** UUID version 5. */
function nameBased(name: string): string {
  const hash = createHash('sha1').update(Buffer.from(namespace.replaceAll('-', ''), 'hex')).update(name).digest().subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
