import { Duplex } from 'node:stream';
import { WebSocket, type RawData } from 'ws';
import type { PodRef } from '../port.ts';
import type { Caller } from './call.ts';
import { credentialsFor, redact, urlOf } from './connection.ts';
import { errorOf, networkError, RequestError } from './errors.ts';
import type { Reply } from './exchange.ts';

/** The oldest form of port-forward over WebSocket: API servers pass it through to the kubelet, and all that are in support know it. */
const protocol = 'v4.channel.k8s.io';
const dataChannel = 0;
const errorChannel = 1;
const openTimeoutMs = 10_000;
/** Between pings; a connection that answers none of two is dead. Proxies on the way close what is idle, often after a minute. */
const pingMs = 20_000;
/** For the other side to confirm that the stream is closed. */
const closeTimeoutMs = 2_000;
const openPatience = { totalMs: 10_000 };

/**
 * A byte stream to a TCP port on the loopback interface of a pod. The protocol confirms no connection: where nothing listens,
 * the stream is destroyed with an `ApiError` soon after. It knows no half-closed state either: `end` closes both directions
 * once all that was written is sent.
 *
 * The client's `PortForward` is not used: its streams never end when the pod closes the connection, a reader that is slow has all data piled up in memory,
 * and errors after opening are lost.
 */
export async function openForward(caller: Caller, pod: PodRef, port: number): Promise<Duplex> {
  const socket = await caller.persist((_send, _again, ending) => openSocket(caller, pod, port, ending), openPatience);
  const stream = streamOver(socket, `${pod.namespace}/${pod.name}:${port}`);
  const onClosed = () => stream.destroy();
  caller.closed.addEventListener('abort', onClosed, { once: true });
  stream.once('close', () => caller.closed.removeEventListener('abort', onClosed));
  if (caller.closed.aborted) stream.destroy();
  return stream;
}

async function openSocket({ connection }: Caller, { namespace, name }: PodRef, port: number, ending: AbortSignal): Promise<WebSocket> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}/portforward`;
  const url = urlOf(connection, path, { ports: port });
  url.protocol = url.protocol.replace('http', 'ws');
  const call = `port-forward to ${namespace}/${name}:${port}`;
  const credentials = await credentialsFor(connection);
  const { promise, resolve, reject } = Promise.withResolvers<WebSocket>();
  const socket = new WebSocket(url, [protocol], { ...credentials, handshakeTimeout: openTimeoutMs, perMessageDeflate: false });
  // The first bytes may come with the answer to the handshake, before the stream listens.
  socket.once('open', () => {
    socket.pause();
    socket.removeAllListeners();
    resolve(socket);
  });
  socket.once('unexpected-response', (request, response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('close', () => {
      request.destroy();
      reject(openingError({ call, status: response.statusCode ?? 0, headers: response.headers, text: redact(connection, Buffer.concat(chunks).toString('utf8')) }));
    });
  });
  socket.once('error', (error) => reject(networkError(error, call, connection.server)));
  const end = (): void => socket.terminate();
  ending.addEventListener('abort', end, { once: true });
  if (ending.aborted) end();
  return promise.finally(() => ending.removeEventListener('abort', end));
}

/** The kubelet says by a plain 500 that it has the pod no longer, a moment before the API server forgets it too. */
function openingError(reply: Reply): RequestError {
  const error = errorOf(reply);
  return error.status === 500 && error.message.includes('pod not found') ? new RequestError(404, 'NotFound', error.message) : error;
}

function streamOver(socket: WebSocket, place: string): Duplex {
  /** Each channel begins with two bytes that repeat the port number. */
  const prefix = [2, 2];
  let complaint = '';
  let ended = false;

  const stream = new Duplex({
    allowHalfOpen: false,
    read: () => socket.resume(),
    write(chunk: Buffer, _encoding, done) {
      socket.send(Buffer.concat([Buffer.of(dataChannel), chunk]), { binary: true }, (error) => done(error ? lost(place, error) : null));
    },
    final(done) {
      close(socket, done);
    },
    destroy(error, done) {
      clearInterval(heartbeat);
      socket.terminate();
      done(error);
    },
  });

  let silent = 0;
  const heartbeat = setInterval(() => {
    // Who reads nothing for now hears no answer either.
    if (!socket.isPaused) silent += 1;
    if (silent > 2) stream.destroy(lost(place, new Error('the connection went silent')));
    else socket.ping();
  }, pingMs).unref();

  socket.on('pong', () => (silent = 0));
  socket.on('message', (data) => {
    silent = 0;
    const message = bufferOf(data);
    const channel = message[0] ?? -1;
    const skip = Math.min(prefix[channel] ?? 0, message.length - 1);
    if (prefix[channel] !== undefined) prefix[channel] -= skip;
    const payload = message.subarray(1 + skip);
    if (payload.length === 0) return;
    if (channel === errorChannel) complaint += payload.toString('utf8');
    else if (channel === dataChannel && !stream.push(payload)) socket.pause();
  });
  socket.on('error', (error) => stream.destroy(lost(place, error)));
  socket.on('close', (code) => {
    clearInterval(heartbeat);
    if (ended || stream.destroyed) return;
    ended = true;
    if (complaint !== '') stream.destroy(new RequestError(0, 'PortForward', `The port-forward to ${place} failed: ${complaint.trim()}`));
    else if (code === 1006) stream.destroy(lost(place, new Error('closed without notice')));
    else stream.push(null);
  });
  socket.resume();
  return stream;
}

/** Calls back when the other side has confirmed, or after the time-out: the stream is over in any case. */
function close(socket: WebSocket, done: () => void): void {
  if (socket.readyState === WebSocket.CLOSED) return done();
  const timer = setTimeout(() => socket.terminate(), closeTimeoutMs);
  socket.once('close', () => {
    clearTimeout(timer);
    done();
  });
  socket.resume();
  socket.close(1000);
}

function lost(place: string, cause: Error): RequestError {
  return new RequestError(0, 'ConnectionLost', `The port-forward to ${place} was lost: ${cause.message}`, { cause });
}

function bufferOf(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}
