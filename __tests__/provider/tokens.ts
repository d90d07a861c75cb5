/** Tokens as a provider gives them; no real one has these signatures. */

const header = base64url({ alg: 'RS256', kid: 'key-1', typ: 'JWT' });

/** A JSON Web Token; without `exp` where it does not expire. */
export function jwt(claims: Record<string, unknown>, signature: string): string {
  return `${header}.${base64url(claims)}.${Buffer.from(signature.repeat(6)).toString('base64url')}`;
}

/** What `auth.json` holds as `token`: an OAuth 2 token in base64 without padding. */
export function packed({ access, refresh = '', expiry = '0001-01-01T00:00:00Z' }: { access: string; refresh?: string; expiry?: string }): string {
  return Buffer.from(JSON.stringify({ access_token: access, token_type: 'bearer', refresh_token: refresh, expiry })).toString('base64').replace(/=+$/, '');
}

/** Seconds since 1970. */
export function inHours(hours: number): number {
  return Math.floor(Date.now() / 1000) + hours * 3600;
}

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
