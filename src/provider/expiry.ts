import type { Client } from './client.ts';
import type { Credential } from './credential.ts';
import { clockHint, clockToleranceMs } from './refused.ts';
import type { Clock } from './retry.ts';
import { UploadTrouble } from './trouble.ts';

/**
 * Looks at the token before it is used: one that has expired is renewed at once. Where it cannot be, and only this machine's clock says so, the provider's clock
 * decides, which is asked without the token.
 */
export async function ensureValid(client: Client, credential: Credential, clock: Clock, warn: (message: string) => void): Promise<void> {
  const { expiresAt, renewable } = credential.current();
  if (expiresAt === undefined || clock.now() < expiresAt) return;
  if (renewable && (await client.renew())) return;
  await client.ask({ what: `asking ${client.provider} for the time`, method: 'GET', url: `${client.provider}/capabilities` }, { anonymous: true });
  const aheadMs = client.clockAheadMs();
  if (aheadMs !== undefined && Math.abs(aheadMs) >= clockToleranceMs && clock.now() - aheadMs < expiresAt) {
    warn(`by this machine's clock the provider token has expired, but not by the provider's, which is used${clockHint(client)}`);
    return;
  }
  throw new UploadTrouble(`the provider token expired on ${new Date(expiresAt).toISOString()}, and it has nothing to be renewed with: make a new one at ${client.provider} and put it into the secret that provider_token comes from`);
}
