import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createServer } from 'node:net';
import { httpRouteGroup, pod, service, tcpRoute, trafficTarget, udpRoute } from '../dataplane/test-store.ts';
import { conversation, createBed } from './bed.ts';
import type { Bed } from './bed.ts';

const denied = '403 No TrafficTarget permits this.';
const payload = Buffer.from('hello');
let bed: Bed;
beforeEach(() => {
  bed = createBed();
});
afterEach(() => bed.close());

describe('access', () => {
  test('is denied by default, by 403, by reset and in silence, and the application hears of none of it', async () => {
    const [srv, alice] = [await bed.start('srv'), await bed.start('alice')];
    expect(await alice.get('srv')).toBe(denied);
    expect(await alice.say('srv')).toBe('ECONNRESET');
    await expect(alice.network.ask('srv', 5353, payload, 100)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    expect(srv.reached).toEqual([]);
  });

  test('is for whom a TrafficTarget lists, at once, and until it is deleted', async () => {
    const [srv, alice, bob] = [await bed.start('srv'), await bed.start('alice'), await bed.start('bob')];
    bed.store.put(trafficTarget('t'));
    expect(await alice.get('srv')).toBe('200 srv:8080');
    expect(await bob.get('srv')).toBe(denied);
    expect(await srv.get('alice')).toBe(denied);
    bed.store.remove('TrafficTarget', 't');
    expect(await alice.get('srv')).toBe(denied);
    expect(srv.reached).toEqual(['GET /x']);
  });

  test('goes by the connection: neither forged headers nor labels make bob alice', async () => {
    const [srv, alice, bob] = [await bed.start('srv'), await bed.start('alice'), await bed.start('mimic', { account: 'bob', labels: { app: 'alice' } })];
    bed.store.put(trafficTarget('t'));
    const forged = { 'X-Forwarded-For': alice.network.ip, 'X-Forwarded-Client-Cert': 'URI=spiffe://cluster.local/ns/ns/sa/alice', 'X-Real-Ip': alice.network.ip, Host: 'alice' };
    expect(await bob.get('srv', '/x', { headers: forged })).toBe(denied);
    expect(srv.reached).toEqual([]);
  });

  test('is kept by the destination from callers outside the mesh, however they call it', async () => {
    const [srv, outsider] = [await bed.start('srv'), await bed.start('outsider', { meshed: false })];
    bed.store.put(trafficTarget('t', { sources: ['alice', 'outsider'] }));
    expect(await outsider.get('srv')).toBe(denied);
    expect(await outsider.get('10.96.0.1')).toBe(denied);
    expect(await outsider.get(srv.network.ip)).toBe('ECONNRESET');
    expect(await outsider.say('srv')).toBe('ECONNRESET');
    await expect(outsider.network.ask('srv', 5353, payload, 100)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    expect(srv.reached).toEqual([]);
  });

  test('cannot be had by calling the pod or the address of its Service', async () => {
    const [srv, alice, bob] = [await bed.start('srv'), await bed.start('alice'), await bed.start('bob')];
    bed.store.put(trafficTarget('t'));
    expect(await bob.get(srv.network.ip)).toBe('ECONNRESET');
    expect(await bob.get('10.96.0.1')).toBe(denied);
    expect(await bob.say(srv.network.ip)).toBe('ECONNRESET');
    expect(srv.reached).toEqual([]);
    expect(await alice.get(srv.network.ip)).toBe('200 srv:8080');
    expect(await alice.get('10.96.0.1')).toBe('200 srv:8080');
  });

  test('by HTTP routes is judged by the request', async () => {
    const [srv, alice] = [await bed.start('srv'), await bed.start('alice')];
    bed.store.put(httpRouteGroup('all', { name: 'm', pathRegex: '/metrics', methods: ['GET'] }), trafficTarget('t'));
    expect(await alice.get('srv', '/metrics?x=1')).toBe('200 srv:8080');
    expect(await alice.get('srv', '/echo')).toBe(denied);
    expect(await alice.get('srv', '/x?next=/metrics')).toBe(denied);
    expect(await alice.get('srv', '/metrics', { method: 'POST', headers: { 'Content-Length': '0' } })).toBe(denied);
    expect(srv.reached).toEqual(['GET /metrics?x=1']);
  });

  test('by HTTP routes does not let other protocols pass', async () => {
    const [srv, alice] = [await bed.start('srv'), await bed.start('alice')];
    bed.store.put(trafficTarget('t'));
    expect(await alice.say('srv')).toBe('ECONNRESET');
    expect(await conversation(alice.network.connect('srv', 8080), '\x16\x03\x01\x00')).toBe('ECONNRESET');
    expect(srv.reached).toEqual([]);
  });

  test('by a TCPRoute is of ports, and covers HTTP there', async () => {
    const [alice, bob] = [await bed.start('alice'), await bed.start('bob')];
    await bed.start('srv');
    bed.store.put(tcpRoute('ports', 7070), trafficTarget('t', { rules: ['TCPRoute/ports'] }));
    expect([await alice.say('srv'), await bob.say('srv'), await alice.get('srv')]).toEqual(['srv', 'ECONNRESET', denied]);
    bed.store.put(tcpRoute('ports'));
    expect([await alice.say('srv'), await bob.say('srv'), await alice.get('srv')]).toEqual(['srv', 'ECONNRESET', '200 srv:8080']);
    await expect(alice.network.ask('srv', 5353, payload, 100)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  });

  test('to datagrams is given by a UDPRoute alone', async () => {
    const [srv, alice, bob] = [await bed.start('srv'), await bed.start('alice'), await bed.start('bob')];
    bed.store.put(udpRoute('ports', 5353), trafficTarget('t', { rules: ['UDPRoute/ports'] }));
    expect((await alice.network.ask('srv', 5353, payload, 1000)).toString()).toBe('srv');
    expect((await alice.network.ask(srv.network.ip, 5353, payload, 1000)).toString()).toBe('srv');
    await expect(bob.network.ask('srv', 5353, payload, 100)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    expect(await alice.say('srv')).toBe('ECONNRESET');
    expect(srv.reached).toEqual(['udp hello', 'udp hello']);
  });

  test('to pods outside the mesh is not governed', async () => {
    const [outsider, alice] = [await bed.start('outsider', { meshed: false }), await bed.start('alice')];
    expect(await alice.get('outsider')).toBe('200 outsider:8080');
    expect(await outsider.get('outsider')).toBe('200 outsider:8080');
    expect((await alice.network.ask('outsider', 5353, payload, 1000)).toString()).toBe('outsider');
  });
});

describe('a pod on its own loopback', () => {
  test('reaches its applications past the mesh', async () => {
    const srv = await bed.start('srv');
    expect(await srv.get('127.0.0.1')).toBe('200 srv:8080');
    expect(await srv.say('localhost')).toBe('srv');
    expect((await srv.network.ask('127.0.0.1', 5353, payload, 1000)).toString()).toBe('srv');
    expect(await srv.get('127.0.0.1', '/', { port: 9 })).toBe('ECONNREFUSED');
  });

  test('has listeners that nobody else reaches, but port-forwards', async () => {
    const [srv, alice] = [await bed.start('srv'), await bed.start('alice')];
    bed.store.put(tcpRoute('all'), trafficTarget('t', { rules: ['TCPRoute/all'] }));
    await srv.network.listen(createServer((socket) => socket.end('control')), 15999, { loopback: true });
    expect(await conversation(srv.network.connect('127.0.0.1', 15999), '')).toBe('control');
    expect(await conversation(alice.network.connect(srv.network.ip, 15999), 'x')).toBe('ECONNRESET');
    expect(srv.network.loopbackPort(15999)).toBeGreaterThan(0);
    expect(srv.network.loopbackPort(15998)).toBeUndefined();
    expect(alice.network.loopbackPort(15999)).toBeUndefined();
  });
});

describe('names and addresses', () => {
  test('of a Service are all it is called by', async () => {
    const alice = await bed.start('alice');
    await bed.start('srv');
    bed.store.put(trafficTarget('t'));
    for (const host of ['srv', 'SRV', 'srv.ns', 'srv.ns.svc', 'srv.ns.svc.cluster.local', 'srv.ns.svc.cluster.local.', '10.96.0.1']) {
      expect([host, await alice.get(host)]).toEqual([host, '200 srv:8080']);
    }
  });

  test('that are not there, and ports that nothing listens at, fail as on a real network', async () => {
    for (const one of [await bed.start('alice'), await bed.start('outsider', { meshed: false })]) {
      expect(await one.get('nobody')).toBe('ENOTFOUND');
      expect(await one.get('srv.elsewhere')).toBe('ENOTFOUND');
      expect(await one.get('srv.ns.svc.example.org')).toBe('ENOTFOUND');
      expect(await one.get('10.9.9.9')).toBe('EHOSTUNREACH');
      expect(await one.get('srv', '/', { port: 81 })).toBe('ECONNREFUSED');
      await expect(one.network.ask('nobody', 5353, payload, 100)).rejects.toMatchObject({ code: 'ENOTFOUND' });
      await expect(one.network.ask('srv', 5353, payload, 100)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    }
  });

  test('without a pod behind them are 503 to the mesh and refused to others', async () => {
    const [alice, outsider] = [await bed.start('alice'), await bed.start('outsider', { meshed: false })];
    expect(await alice.get('srv')).toBe('503 No pod serves this.');
    expect(await alice.say('srv')).toBe('ECONNRESET');
    expect(await outsider.get('srv')).toBe('ECONNREFUSED');
  });

  test('reach ready pods only', async () => {
    const alice = await bed.start('alice');
    await bed.start('srv');
    bed.store.put(trafficTarget('t'), pod('srv', { app: 'srv' }, { ready: false }));
    expect(await alice.get('srv')).toBe('503 No pod serves this.');
    bed.store.put(pod('srv', { app: 'srv' }));
    expect(await alice.get('srv')).toBe('200 srv:8080');
  });

  test('map ports by number and by name', async () => {
    const [alice, outsider] = [await bed.start('alice'), await bed.start('outsider', { meshed: false })];
    await bed.start('srv');
    bed.store.put(trafficTarget('t'), pod('srv', { app: 'srv' }, { ports: [{ name: 'second', containerPort: 8081 }] }));
    bed.store.put(service('mapped', { app: 'srv' }, [{ name: 'http-a', port: 80, targetPort: 8081 }, { name: 'http-b', port: 81, targetPort: 'second' }, { name: 'http-c', port: 82, targetPort: 'none' }]));
    expect(await alice.get('mapped', '/', { port: 80 })).toBe('200 srv:8081');
    expect(await alice.get('mapped', '/', { port: 81 })).toBe('200 srv:8081');
    expect(await alice.get('mapped', '/', { port: 82 })).toBe('503 No pod serves this.');
    bed.store.put(service('plain', { app: 'outsider' }, [{ name: 'http-a', port: 80, targetPort: 8081 }]));
    expect(await outsider.get('plain', '/', { port: 80 })).toBe('200 outsider:8081');
  });

  test('are unique, and a port is taken once', async () => {
    const [srv, alice] = [await bed.start('srv'), await bed.start('alice')];
    expect(srv.network.ip).toMatch(/^10\.244\.\d+\.\d+$/);
    expect(srv.network.ip).not.toBe(alice.network.ip);
    await expect(srv.network.listen(createServer(), 8080)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await expect(srv.network.answer(5353, (datagram) => datagram)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
