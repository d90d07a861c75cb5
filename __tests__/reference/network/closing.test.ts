import { describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { tcpRoute, trafficTarget } from '../dataplane/test-store.ts';
import { createBed } from './bed.ts';

/** The sockets of this process. The system's own end of one comes a turn of the loop after its 'close'. */
const handles = async (): Promise<string[]> => {
  for (let turn = 0; turn < 5; turn += 1) await setImmediate();
  return process.getActiveResourcesInfo().filter((kind) => /TCP|UDP|ConnectWrap/.test(kind)).sort();
};

describe('closing', () => {
  test('the network ends every listener, connection and datagram, and stops following the store', async () => {
    const before = await handles();
    const bed = createBed();
    const [srv, alice, outsider] = [await bed.start('srv'), await bed.start('alice'), await bed.start('outsider', { meshed: false })];
    bed.store.put(tcpRoute('all'), trafficTarget('t', { rules: ['TCPRoute/all'] }));
    const held = [alice.network.connect('srv', 7070), srv.network.connect('127.0.0.1', 7070), alice.network.connect('outsider', 8080)];
    await Promise.all(held.map((socket) => once(socket, 'connect')));
    const cut = outsider.network.ask('srv', 5353, Buffer.from('x'), 60_000).catch((error: NodeJS.ErrnoException) => error.code);
    const ended = held.map((socket) => once(socket, 'close'));
    expect((await handles()).length).toBeGreaterThan(before.length);
    await bed.close();
    expect(await cut).toBe('ECONNREFUSED');
    await Promise.all(ended);
    expect(await handles()).toEqual(before);
    expect(bed.store.listeners()).toBe(0);
  });

  test('a pod takes it from the network, and leaves the others alone', async () => {
    const bed = createBed();
    const [srv, alice] = [await bed.start('srv'), await bed.start('alice')];
    bed.store.put(trafficTarget('t'));
    expect(await alice.get('srv')).toBe('200 srv:8080');
    await srv.network.close();
    await srv.network.close();
    expect(await alice.get('srv')).toBe('503 No pod serves this.');
    expect(await alice.get(srv.network.ip)).toBe('EHOSTUNREACH');
    expect(await srv.get('alice')).toBe('ECONNREFUSED');
    await expect(srv.network.listen(createServer(), 9000)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await bed.start('srv');
    expect(await alice.get('srv')).toBe('200 srv:8080');
    await bed.close();
  });

  test('a pod that is just starting leaves nothing either', async () => {
    const before = await handles();
    const bed = createBed();
    const own = bed.network.attach({ namespace: 'ns', name: 'early', serviceAccount: 'early', labels: {}, meshed: true });
    const listening = own.listen(createServer(), 9000).catch((error: NodeJS.ErrnoException) => error.code);
    const answering = own.answer(9000, (payload) => payload).then(() => 'answers', () => 'refused');
    await own.close();
    expect(await listening).toMatch(/^(ECONNABORTED|EADDRINUSE)$/);
    expect(await answering).toBe('refused');
    await bed.close();
    expect(await handles()).toEqual(before);
  });

  test('a server of a pod frees its port', async () => {
    const bed = createBed();
    const srv = await bed.start('srv');
    for (let time = 0; time < 2; time += 1) {
      const server = createServer();
      await srv.network.listen(server, 9000);
      server.close();
      await once(server, 'close');
    }
    expect(srv.network.loopbackPort(9000)).toBeUndefined();
    await bed.close();
  });

  test('nobody but the pods of the network is served by a side proxy', async () => {
    const bed = createBed();
    const [srv, alice] = [await bed.start('srv'), await bed.start('alice')];
    bed.store.put(tcpRoute('all'), trafficTarget('t', { rules: ['TCPRoute/all'] }));
    const socket = alice.network.connect('srv', 7070);
    await once(socket, 'connect');
    const stranger = connect({ host: '127.0.0.1', port: socket.remotePort ?? 0 });
    stranger.on('error', () => undefined);
    stranger.write('hello\n');
    await once(stranger, 'close');
    expect(srv.reached).toEqual([]);
    await bed.close();
  });
});
