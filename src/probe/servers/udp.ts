import { answerText } from '../identity.ts';
import type { Served } from '../identity.ts';
import type { ProbeNetwork } from '../network.ts';
import type { Records } from '../records.ts';
import { cannotListen } from './serve.ts';
import type { Listening } from './serve.ts';

/** An application that takes each datagram as a nonce and answers one datagram, its identity. */
export async function startUdpApplication(served: Served, records: Records, network: ProbeNetwork): Promise<Listening> {
  try {
    const answering = await network.answer(served.port, (payload) => {
      const nonce = payload.toString('latin1').trim();
      records.add({ nonce, port: served.port });
      return Buffer.from(answerText(served, nonce));
    });
    return {
      close: () => {
        answering.close();
        return Promise.resolve();
      },
    };
  } catch (error) {
    throw cannotListen(served.port, 'UDP', error);
  }
}
