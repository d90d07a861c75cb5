import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import type { Duplex } from 'node:stream';
import { setImmediate as immediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ApiError, Cluster } from '../../../src/cluster/port.ts';
import { type ApiServer, type ApiServerOptions, startApiServer } from '../../stand-ins/api-server.ts';
import { briefPatience, open, rejection } from './helpers.ts';

const pod = { namespace: 'n', name: 'p' };
let options: ApiServerOptions;
let api: ApiServer;
let cluster: Cluster;
let echo: Server;

beforeEach(async () => {
  options = { authorization: 'Bearer tok' };
  api = await startApiServer(options);
  cluster = await open(api, briefPatience, { token: 'tok' });
  echo = createServer((socket) => socket.on('error', () => socket.destroy()).pipe(socket));
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  api.store.objects.set('v1/pods/n/p', { apiVersion: 'v1', kind: 'Pod', metadata: pod });
  api.ports.set('n/p:15999', (echo.address() as AddressInfo).port);
});

afterEach(async () => {
  await cluster.close();
  await api.close();
  await new Promise((resolve) => echo.close(resolve));
});

/** Reads so many bytes. */
async function take(stream: Duplex, bytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= bytes) break;
  }
  return Buffer.concat(chunks);
}

/** How a stream ends: its error, or undefined. */
function endOf(stream: Duplex): Promise<ApiError | undefined> {
  return new Promise((resolve) => {
    let error: ApiError | undefined;
    stream.on('error', (reason) => (error = reason as ApiError));
    stream.on('close', () => resolve(error));
    stream.resume();
  });
}

describe('a port-forward', () => {
  test('carries bytes both ways, whole and in order', async () => {
    const stream = await cluster.forward(pod, 15999);
    const sent = randomBytes(3_000_000);
    const received = take(stream, sent.length);
    for (let at = 0; at < sent.length; at += 70_000) if (!stream.write(sent.subarray(at, at + 70_000))) await once(stream, 'drain');
    const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
    expect(digest(await received)).toBe(digest(sent));
    stream.destroy();
  });

  test('is one of many at a time', async () => {
    const streams = await Promise.all(Array.from({ length: 50 }, () => cluster.forward(pod, 15999)));
    const answers = await Promise.all(streams.map(async (stream, index) => {
      stream.write(`line ${index}`);
      return (await take(stream, `line ${index}`.length)).toString();
    }));
    expect(answers).toEqual(streams.map((_, index) => `line ${index}`));
    for (const stream of streams) stream.destroy();
  });

  test('closes on both sides when it is ended', async () => {
    const served = new Promise<void>((resolve) => echo.once('connection', (socket) => socket.on('close', () => resolve())));
    const stream = await cluster.forward(pod, 15999);
    const end = endOf(stream);
    stream.end('bye');
    expect(await end).toBeUndefined();
    await served;
  });

  test('ends without an error when the pod ends the connection', async () => {
    echo.on('connection', (socket) => socket.once('data', () => socket.end()));
    const stream = await cluster.forward(pod, 15999);
    stream.write('x');
    expect(await endOf(stream)).toBeUndefined();
  });

  test('to a port where nothing listens ends with the reason', async () => {
    const error = await endOf(await cluster.forward(pod, 9));
    expect(error).toMatchObject({ name: 'ApiError', status: 0, reason: 'PortForward' });
    expect(error?.message).toContain('The port-forward to n/p:9 failed: error forwarding port 9 to pod: connect: connection refused');
  });

  test('to a pod that is gone is refused', async () => {
    expect(await rejection(cluster.forward({ namespace: 'n', name: 'q' }, 15999))).toMatchObject({ status: 404, reason: 'NotFound', message: 'pods "q" not found' });
  });

  test('breaks with an error when the API server goes', async () => {
    const stream = await cluster.forward(pod, 15999);
    const end = endOf(stream);
    await api.close();
    expect(await end).toMatchObject({ name: 'ApiError', status: 0, reason: 'ConnectionLost' });
    expect(await rejection(cluster.forward(pod, 15999))).toMatchObject({ status: 0, reason: 'ECONNREFUSED' });
  });

  test('is closed with the cluster', async () => {
    const stream = await cluster.forward(pod, 15999);
    const end = endOf(stream);
    await cluster.close();
    expect(await end).toBeUndefined();
    expect(stream.destroyed).toBe(true);
  });

  test('bears the credentials, without which it is refused', async () => {
    options.authorization = 'Bearer another';
    expect(await rejection(cluster.forward(pod, 15999))).toMatchObject({ status: 401, reason: 'Unauthorized' });
  });

  test('piles up no more than a reader takes', async () => {
    const sent = randomBytes(8_000_000);
    echo.on('connection', (socket) => socket.end(sent));
    const stream = await cluster.forward(pod, 15999);
    let length = 0;
    let most = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      length += chunk.length;
      await immediate();
      most = Math.max(most, stream.readableLength);
    }
    expect(length).toBe(sent.length);
    expect(most).toBeLessThan(1_000_000);
  });
});
