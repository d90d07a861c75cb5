import { refusalOf } from './outcome.ts';
import type { Outcome, PrepareAttempt } from './outcome.ts';
import { outcomeOf } from './tcp.ts';

/** Sends the nonce as a datagram and reads the answer's datagram. */
export const prepareUdpAttempt: PrepareAttempt = ({ host, port }, network, timeoutMs) => (nonce) => new Promise<Outcome>((resolve, reject) => {
  // Set before the network's own, equal one: the deadline has one name here, whichever network it is.
  const timer = setTimeout(() => resolve({ refusal: 'timeout' }), timeoutMs);
  network.ask(host, port, Buffer.from(nonce), timeoutMs)
    .then((payload) => outcomeOf('UDP', payload.toString('latin1'), nonce), (error: Error) => ({ refusal: refusalOf(error) }))
    .then(resolve, reject)
    .finally(() => clearTimeout(timer));
});
