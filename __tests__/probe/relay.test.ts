import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Server } from 'node:net';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type RunningProbe, startProbe } from '../../src/probe/agent.ts';
import { runBatch } from '../../src/probe/attempts/run.ts';
import type { ProbeNetwork } from '../../src/probe/network.ts';
import { type AttemptRequest, controlPort, type RecordsReply } from '../../src/probe/protocol.ts';
import { startLearnLayer5, type StandInApplication } from '../stand-ins/learn-layer5.ts';

const applicationPort = 9091;
const signal = new AbortController().signal;

let ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.toReversed()) await end();
  ends = [];
});

/** A pod's network on loopback, at whose application port something listens on this machine; nothing where absent. */
function podNetwork(application: number | undefined): ProbeNetwork {
  const real = new Map<number, number>(application === undefined ? [] : [[applicationPort, application]]);
  return {
    connect: (_host, port) => connect({ host: '127.0.0.1', port: real.get(port) ?? 1 }),
    listen: (server: Server, port: number) => new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: '127.0.0.1', port: 0 }, () => {
        real.set(port, (server.address() as AddressInfo).port);
        resolve();
      });
    }),
    ask: () => Promise.reject(new Error('no datagrams here')),
    answer: () => Promise.reject(new Error('no datagrams here')),
  };
}

interface Pod {
  attempt(more?: Partial<AttemptRequest>): Promise<{ answered: string[]; refusals: Record<string, number> }>;
  records(sentinel: boolean): Promise<RecordsReply>;
}

async function startPod(application: number | undefined): Promise<Pod> {
  const network = podNetwork(application);
  const probe: RunningProbe = await startProbe({ pod: 'srv-1', namespace: 'ns', serviceAccount: 'srv', workload: 'srv', listeners: [{ port: 8080, protocol: 'http' }], application: applicationPort }, network);
  ends.push(() => probe.close());
  return {
    async attempt(more = {}) {
      const [result] = await runBatch({ batch: 'b', requests: [{ key: 7, protocol: 'http', host: 'srv', port: 8080, path: '/echo', attempts: 3, ...more }], concurrency: 3, timeoutMs: 2000 }, network, signal);
      return { answered: (result?.answers ?? []).map(({ workload, pod, serviceAccount, port, count }) => `${workload} ${pod} ${serviceAccount} ${port} ×${count}`), refusals: result?.refusals ?? {} };
    },
    async records(sentinel) {
      const socket = network.connect('127.0.0.1', controlPort);
      const line = once(createInterface(socket), 'line');
      socket.write(`${JSON.stringify({ id: 1, op: 'records', batch: 'b', sentinel })}\n`);
      const [text] = (await line) as [string];
      socket.destroy();
      return (JSON.parse(text) as { reply: RecordsReply }).reply;
    },
  };
}

async function standIn(): Promise<number> {
  const application: StandInApplication = await startLearnLayer5();
  ends.push(() => application.close());
  return application.port;
}

/** The real one, built from its source, where a path of it is in the environment: so the stand-in is held against it. */
async function real(path: string): Promise<number> {
  const blank = createTcpServer().listen(0, '127.0.0.1');
  await once(blank, 'listening');
  const { port } = blank.address() as AddressInfo;
  blank.close();
  const child: ChildProcess = spawn(path, { env: { PORT: String(port), SERVICE_NAME: 'srv' }, stdio: 'ignore' });
  ends.push(async () => {
    child.kill();
    await once(child, 'exit');
  });
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return port;
    } catch {
      // It is not listening yet.
      await new Promise((resolve) => setTimeout(resolve, 20));
    } finally {
      socket.destroy();
    }
  }
}

const built = process.env['LEARN_LAYER5'];
const applications: [string, () => Promise<number>][] = [['its stand-in', standIn], ...(built === undefined ? [] : [['the real one', () => real(built)] as [string, () => Promise<number>]])];

describe.each(applications)('the Learn Layer5 application behind a probe: %s', (_, start) => {
  const whole = ['srv srv-1 srv 8080 ×3'];
  test.each<[string, Partial<AttemptRequest>]>([
    ['/echo', {}],
    ['/echo by POST', { method: 'POST' }],
    ['/echo by HEAD', { method: 'HEAD' }],
    ['/echo by DELETE, with a query and headers', { method: 'DELETE', path: '/echo?x=1', headers: [['User-Agent', 'Firefox'], ['x-ver', 'a'], ['x-ver', 'b']] }],
    ['/metrics', { path: '/metrics' }],
  ])('answers %s, by the name of its pod', async (_name, more) => {
    const pod = await startPod(await start());
    expect(await pod.attempt(more)).toEqual({ answered: whole, refusals: {} });
    const { method = 'GET', path = '/echo' } = more;
    expect((await pod.records(false)).records).toEqual([{ key: 7, count: 3, ports: [8080], first: { method, path } }]);
  });

  test.each<[string, Partial<AttemptRequest>, string]>([
    ['a path that it does not have', { path: '/x' }, 'HTTP 404'],
    ['/metrics by POST', { path: '/metrics', method: 'POST' }, 'HTTP 400'],
    ['a path that is not canonical', { path: '//echo' }, 'HTTP 301'],
  ])('does not answer %s, and the probe recorded it all the same', async (_name, more, refusal) => {
    const pod = await startPod(await start());
    expect(await pod.attempt(more)).toEqual({ answered: [], refusals: { [refusal]: 3 } });
    expect((await pod.records(false)).records).toMatchObject([{ key: 7, count: 3 }]);
  });

  test('is alive, as its sentinel shows, which is no part of the record', async () => {
    const pod = await startPod(await start());
    await pod.attempt();
    expect(await pod.records(true)).toEqual({ alive: true, records: [expect.objectContaining({ key: 7, count: 3 })] });
  });
});

describe('what is no answer of the application', () => {
  test('is an application that is not there: nothing was answered, and silence proves nothing', async () => {
    const pod = await startPod(undefined);
    expect(await pod.attempt()).toEqual({ answered: [], refusals: { 'HTTP 502': 3 } });
    expect(await pod.records(true)).toMatchObject({ alive: false, records: [{ count: 3 }] });
  });

  test('is one of another program, which answers everything and echoes nothing', async () => {
    const other = createServer((_request, response) => void response.end('welcome to nginx'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    ends.push(() => new Promise((resolve) => void other.close(() => resolve())));
    const pod = await startPod((other.address() as AddressInfo).port);
    expect(await pod.attempt()).toEqual({ answered: [], refusals: { 'HTTP 502': 3 } });
    expect(await pod.records(true)).toMatchObject({ alive: false });
  });
});
