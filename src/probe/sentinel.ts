import { prepareAttempt } from './attempts/prepare.ts';
import type { ProbeNetwork } from './network.ts';
import { formatNonce, sentinelKey } from './nonce.ts';
import type { ProbeConfig } from './protocol.ts';
import type { Records } from './records.ts';

/** How long an application may take to answer its own pod, in milliseconds. */
const sentinelTimeoutMs = 2_000;

/** A number of its own for each sentinel, so that one call cannot take another's for its own. */
let sent = 0;

/** Sends one request of the batch over loopback to each listener; whether each was recorded, and answered by this very pod. */
export async function isAlive(batch: string, config: ProbeConfig, network: ProbeNetwork, records: Records): Promise<boolean> {
  const proofs = await Promise.all(config.listeners.map(async ({ port, protocol }) => {
    sent += 1;
    const nonce = formatNonce(batch, sentinelKey, sent);
    const attempt = prepareAttempt[protocol]({ key: sentinelKey, protocol, host: '127.0.0.1', port, attempts: 1 }, network, sentinelTimeoutMs);
    const outcome = await attempt(nonce);
    const answered = 'answer' in outcome && outcome.answer.pod === config.pod && outcome.answer.port === port;
    return records.takeSentinel(nonce, port) && answered;
  }));
  return proofs.every((proof) => proof);
}
