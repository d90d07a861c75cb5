import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { messageOf } from '../model/errors.ts';
import { holdTraffic } from './attempts/held.ts';
import type { HeldTraffic } from './attempts/held.ts';
import { startLoad } from './attempts/load.ts';
import type { RunningLoad } from './attempts/load.ts';
import { runBatch } from './attempts/run.ts';
import { onLines } from './lines.ts';
import type { ProbeNetwork } from './network.ts';
import type { HeldReply, HelloReply, LoadedReply, ProbeCall, ProbeConfig, ProbeReplyLine, ProbeRequestLine, RecordsReply } from './protocol.ts';
import type { Records } from './records.ts';
import { isAlive } from './sentinel.ts';

/** The server that takes calls, one JSON message a line. A client that goes takes its batches with it. */
export function createControl(config: ProbeConfig, network: ProbeNetwork, records: Records): Server {
  return createServer({ noDelay: true }, (socket) => {
    const gone = new AbortController();
    const held = new Map<string, HeldTraffic>();
    const loads = new Map<string, RunningLoad>();
    socket.on('close', () => {
      gone.abort(new Error('The client is gone.'));
      // Nobody is left to hear how it ended.
      for (const one of held.values()) one.end().catch(() => undefined);
      for (const one of loads.values()) one.end().catch(() => undefined);
    });
    onLines(socket, (line) => {
      const request = parse(line);
      if (request === undefined) {
        // Nothing in the stream can be trusted from here on, and no call can be named.
        socket.end(`${JSON.stringify({ id: -1, error: `This is no call of the probe's protocol: ${line.slice(0, 100)}` } satisfies ProbeReplyLine)}\n`);
        return;
      }
      serve(request, gone.signal, held, loads).then(
        (reply) => send(socket, { id: request.id, reply }),
        (error: unknown) => send(socket, { id: request.id, error: messageOf(error) }),
      );
    });
  });

  async function serve(call: ProbeCall, signal: AbortSignal, held: Map<string, HeldTraffic>, loads: Map<string, RunningLoad>): Promise<unknown> {
    switch (call.op) {
      case 'hello': {
        const { pod, namespace, serviceAccount, workload, listeners } = config;
        return { identity: { pod, namespace, serviceAccount, workload }, listeners, node: process.version } satisfies HelloReply;
      }
      case 'attempt':
        return runBatch(call.batch, network, signal);
      case 'records': {
        // The sentinels come first: what reached the application before them is in the summary.
        const alive = call.sentinel && await isAlive(call.batch, config, network, records);
        return { records: records.summary(call.batch), alive } satisfies RecordsReply;
      }
      case 'hold': {
        const traffic = holdTraffic(call.held, network);
        held.set(call.held.name, traffic);
        await traffic.begun;
        return {};
      }
      case 'release': {
        const traffic = held.get(call.name);
        if (traffic === undefined) throw new Error(`The probe holds no traffic ${JSON.stringify(call.name)}.`);
        held.delete(call.name);
        return (await traffic.end()) satisfies HeldReply;
      }
      case 'load':
        loads.set(call.load.name, startLoad(call.load, network));
        return {};
      case 'loaded':
        return loadOf(call.name, loads).loaded(call.lastMs) satisfies LoadedReply;
      case 'unload': {
        const load = loadOf(call.name, loads);
        loads.delete(call.name);
        await load.end();
        return {};
      }
      case 'forget':
        records.forget(call.batch);
        return {};
      default:
        throw new Error(`The probe knows no call ${JSON.stringify((call as { op: unknown }).op)}; it is of another version than its client.`);
    }
  }
}

function loadOf(name: string, loads: ReadonlyMap<string, RunningLoad>): RunningLoad {
  const load = loads.get(name);
  if (load === undefined) throw new Error(`The probe sends no load ${JSON.stringify(name)}.`);
  return load;
}

function parse(line: string): ProbeRequestLine | undefined {
  try {
    const value = JSON.parse(line) as ProbeRequestLine | null;
    return Number.isSafeInteger(value?.id) ? value ?? undefined : undefined;
  } catch {
    // The caller answers for every malformed line, whichever way it is malformed.
    return undefined;
  }
}

function send(socket: Socket, line: ProbeReplyLine): void {
  if (socket.writable) socket.write(`${JSON.stringify(line)}\n`);
}
