import type { Fault as ProgramFault } from '../stand-ins/docker-engine.ts';
import type { Where } from './bed.ts';

/** What goes wrong in a run, and where. Points are counted in requests to the API server, of which a run makes about as many as `requests`. */
export type Fault =
  | { what: 'killed'; at: number }
  | { what: 'killed in a command'; command: 'kind create cluster' | 'helm upgrade'; how: 'hangs' | 'hangs-late' }
  | { what: 'killed in its clean-up'; at: number }
  | { what: 'command fails'; command: string; how: ProgramFault | 'fail'; times?: number }
  | { what: 'API error'; at: number; how: 'one answer is 500' | 'every answer is 503' | 'every connection is cut' | 'deleting is forbidden' };

export interface Plan {
  seed: number;
  where: Where;
  fault: Fault;
  /** Who comes after. */
  remedy: 'cleanup' | 'post' | 'next run';
}

const requests = 70;

/** What is tried for a seed: always the same. */
export function planOf(seed: number): Plan {
  const random = generator(seed);
  const among = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const point = (): number => 1 + Math.floor(random() * requests);
  const where = among<Where>(['kind', 'existing']);
  const fault = among<() => Fault>([
    () => ({ what: 'killed', at: point() }),
    () => ({ what: 'killed', at: point() }),
    () => (where === 'kind' ? { what: 'killed in a command', command: 'kind create cluster', how: among(['hangs', 'hangs-late']) } : { what: 'killed in a command', command: 'helm upgrade', how: 'hangs' }),
    () => ({ what: 'killed in its clean-up', at: Math.floor(random() * 8) }),
    () => ({ what: 'command fails', ...among(commands[where]) }),
    () => ({ what: 'API error', at: point(), how: among(['one answer is 500', 'every answer is 503', 'every connection is cut', 'deleting is forbidden']) }),
  ])();
  return { seed, where, fault, remedy: among(['cleanup', 'post', 'next run']) };
}

interface Failing {
  command: string;
  how: ProgramFault | 'fail';
  times?: number;
}

const helm: Failing = { command: 'helm', how: 'fail' };
const commands: Record<Where, Failing[]> = {
  existing: [helm],
  kind: [
    helm,
    { command: 'create cluster', how: 'port-taken', times: 1 }, { command: 'create cluster', how: 'disk-full' }, { command: 'create cluster', how: 'kubeadm' }, { command: 'create cluster', how: 'rate-limit' }, { command: 'create cluster', how: 'no-log-line' },
    { command: 'delete cluster', how: 'fails' }, { command: 'delete cluster', how: 'docker-stopped' }, { command: 'get nodes', how: 'docker-forbidden' },
  ],
};

/** A fault in words, for a table. */
export function wordsOf(fault: Fault): { what: string; at: string } {
  switch (fault.what) {
    case 'killed': return { what: 'killed', at: `request ${fault.at}` };
    case 'killed in a command': return { what: `killed; the command ${fault.how === 'hangs' ? 'goes on by itself' : 'has asked its engine, which goes on'}`, at: fault.command };
    case 'killed in its clean-up': return { what: 'stopped, and killed while it cleans up', at: `${fault.at} steps into it` };
    case 'command fails': return { what: fault.how === 'fail' ? 'fails' : fault.how, at: `${fault.command}${fault.times === undefined ? '' : ', once'}` };
    case 'API error': return { what: fault.how, at: `request ${fault.at}` };
  }
}

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function generator(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
