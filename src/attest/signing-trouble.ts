import { ConformanceError, messageOf } from '../model/errors.ts';
import type { Services } from './services.ts';

export interface SigningContext {
  services: Services;
  /** What no message may show. */
  secrets: readonly string[];
  /** When GitHub issued the identity, by its clock, in seconds since 1970. */
  issuedAt: number | undefined;
  /** Milliseconds since 1970, by this machine's clock. */
  now: number;
}

/** What went wrong when Sigstore signed: which service, what it said, what to do. */
export function signingTrouble(error: unknown, context: SigningContext): ConformanceError {
  const own = [error, causeOf(error)].find((one) => one instanceof ConformanceError);
  if (own !== undefined) return own;
  const said = scrubbed(wordsOf(error), context.secrets);
  const message = `${whoOf(error, context.services)} (${said}). ${clockText(said, context) ?? 'Run the job again; the service may be down: https://status.sigstore.dev'}`;
  // The cause may quote what was sent, tokens included: only its words are kept.
  return new ConformanceError('SIGNING_FAILED', message, { cause: new Error(said) });
}

function whoOf(error: unknown, { fulcio, rekor, tsa }: Services): string {
  switch ((error as { code?: unknown }).code) {
    case 'CA_CREATE_SIGNING_CERTIFICATE_ERROR':
      return `Fulcio at ${fulcio} gave no certificate for this job's identity`;
    case 'TLOG_CREATE_ENTRY_ERROR':
    case 'TLOG_FETCH_ENTRY_ERROR':
      return `The transparency log at ${rekor ?? 'an unknown address'} did not take the entry`;
    case 'TSA_CREATE_TIMESTAMP_ERROR':
      return `The time-stamp authority at ${tsa ?? 'an unknown address'} gave no time stamp`;
    default:
      return 'Sigstore did not sign';
  }
}

/** Identities and connections are good for some minutes, so a clock that is wrong looks like a refusal. */
function clockText(said: string, { issuedAt, now }: SigningContext): string | undefined {
  const ahead = issuedAt === undefined ? 0 : Math.round((now / 1000 - issuedAt) / 60);
  if (Math.abs(ahead) >= 5) return `This machine's clock is ${Math.abs(ahead)} minutes ${ahead > 0 ? 'ahead of' : 'behind'} GitHub's: set it right.`;
  if (/not yet valid|has expired/i.test(said)) return `It is ${new Date(now).toISOString()} by this machine's clock: set it right if that is wrong.`;
  return undefined;
}

function wordsOf(error: unknown): string {
  const cause = causeOf(error);
  return messageOf(cause instanceof Error && cause.message !== '' ? cause : error);
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}

function scrubbed(text: string, secrets: readonly string[]): string {
  const hidden = secrets.filter((secret) => secret !== '').reduce((rest, secret) => rest.replaceAll(secret, '[hidden]'), text);
  // A service that quotes a part of the identity gives it away as well.
  return hidden.replaceAll(/eyJ[\w-]{8,}[\w.-]*/g, '[hidden]').replaceAll(/\s+/g, ' ').slice(0, 300);
}
