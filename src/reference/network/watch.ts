import type { Socket } from 'node:net';
import type { Exchange } from '../metrics/index.ts';
import type { Flow } from './flows.ts';
import type { Ruling } from './ruling.ts';

/**
 * Tells of the one answer that an application is about to give on a connection: its status, and the milliseconds until it began. What the
 * application writes is not touched.
 */
export function watchAnswer(socket: Socket, saw: (status: number, tookMs: number) => void): void {
  const since = performance.now();
  const write = socket.write.bind(socket) as (...written: unknown[]) => boolean;
  socket.write = ((...written: unknown[]) => {
    const [chunk] = written;
    const status = /^HTTP\/1\.[01] (\d{3})/.exec(typeof chunk === 'string' ? chunk.slice(0, 20) : Buffer.from(chunk as Uint8Array).toString('latin1', 0, 20))?.[1];
    // The first that is written begins with the status; from then on the connection writes as it did.
    delete (socket as Partial<Socket>).write;
    if (status !== undefined) saw(Number(status), performance.now() - since);
    return write(...written);
  }) as Socket['write'];
}

/** Who took part in a request that was delivered. */
export function endsOf({ caller }: Flow, { to, split }: Extract<Ruling, { is: 'delivered' }>): Pick<Exchange, 'caller' | 'destination' | 'split'> {
  return { caller: caller.facts, destination: to.facts, ...(split !== undefined && { split }) };
}
