import { ConformanceError } from '../model/errors.ts';
import { Secret } from './secret.ts';

/** What a provider token says of itself. */
export interface Token {
  /** What is sent: the token as the user has it, not decoded. */
  bearer: Secret;
  /** Milliseconds since 1970 from which on it is no longer valid; absent where it says nothing: such a token does not expire. */
  expiresAt?: number;
  /** Whether the provider can exchange it for a new one. */
  renewable: boolean;
  /** Every text in it that must not be seen. */
  secrets: Secret[];
}

/**
 * Reads a token in any of its forms: base64 of an OAuth 2 token (what `mesheryctl` and the provider's page give), an access token by itself, or the
 * whole `auth.json` that holds one. Throws BAD_INPUT, which never quotes it.
 */
export function parseToken(given: Secret): Token {
  const text = given.reveal().trim();
  const bearer = textIn(recordOf(text), 'token') ?? text;
  // Anything else would be refused as a header, in words that quote it.
  if (!/^[\x21-\x7e]+$/.test(bearer)) throw new ConformanceError('BAD_INPUT', `the provider token ${bearer === '' ? 'is empty' : 'has spaces, line breaks or characters that no token has'}: copy it again, whole and alone, from the provider's page for tokens.`);
  const oauth = recordOf(decode(bearer));
  const access = textIn(oauth, 'access_token') ?? bearer;
  const refresh = textIn(oauth, 'refresh_token');
  const expiresAt = expiryOf(access) ?? dateOf(textIn(oauth, 'expiry'));
  return {
    bearer: new Secret(bearer),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    renewable: refresh !== undefined,
    secrets: [...new Set([bearer, access, ...(refresh === undefined ? [] : [refresh])])].map((one) => new Secret(one)),
  };
}

/** The claim `exp` of a JSON Web Token, in seconds there. */
function expiryOf(access: string): number | undefined {
  const exp = recordOf(decode(access.split('.')[1] ?? ''))?.['exp'];
  return typeof exp === 'number' && Number.isFinite(exp) ? exp * 1000 : undefined;
}

/** Go writes a date that is not set as the year 1. */
function dateOf(text: string | undefined): number | undefined {
  const date = Date.parse(text ?? '');
  return Number.isNaN(date) || date <= 0 ? undefined : date;
}

/** Base64 in either alphabet, padded or not; empty where it is none. */
function decode(text: string): string {
  return /^[\w+/=-]+$/.test(text) ? Buffer.from(text, 'base64').toString('utf8') : '';
}

function recordOf(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    // It only looked like JSON, so it is a token by itself.
    return undefined;
  }
}

function textIn(record: Record<string, unknown> | undefined, key: string): string | undefined {
  const value = record?.[key];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
