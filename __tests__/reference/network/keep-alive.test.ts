import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Agent, request } from 'node:http';
import { httpRouteGroup, service, tcpRoute, trafficSplit, trafficTarget } from '../dataplane/test-store.ts';
import { conversation, createBed } from './bed.ts';
import type { Bed, TestPod } from './bed.ts';

let bed: Bed;
let agent: Agent;
beforeEach(() => {
  bed = createBed();
  agent = new Agent({ keepAlive: true, maxSockets: 1 });
});
afterEach(async () => {
  agent.destroy();
  await bed.close();
});

interface Reply {
  status: number;
  text: string;
}

/** One request on the agent's one connection. */
function ask(from: TestPod, path: string, { method = 'GET', body = '', host = 'srv' } = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    agent.createConnection = () => from.network.connect(host, 8080);
    const sent = request({ agent, method, path, headers: { host } }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: text.trim() }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('a connection that is kept', () => {
  test('carries requests that are judged one by one', async () => {
    const [srv, alice] = [await bed.start('srv'), await bed.start('alice')];
    bed.store.put(httpRouteGroup('all', { name: 'm', pathRegex: '/ok', methods: ['GET', 'POST', 'HEAD'] }), trafficTarget('t'));
    const requests = ['GET /ok', 'GET /no', 'POST /ok', 'HEAD /ok', 'DELETE /ok', 'GET /ok'].map((line, index) => `${line} HTTP/1.1\r\nHost: srv\r\nContent-Length: 0\r\n${index === 5 ? 'Connection: close\r\n' : ''}\r\n`);
    const answers = await conversation(alice.network.connect('srv', 8080), requests.join(''));
    expect([...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(['200', '403', '200', '200', '403', '200']);
    expect(srv.reached).toEqual(['GET /ok', 'POST /ok', 'HEAD /ok', 'GET /ok']);
  });

  test('is of no use any more once the permission is gone', async () => {
    const alice = await bed.start('alice');
    await bed.start('srv');
    bed.store.put(trafficTarget('t'));
    expect((await ask(alice, '/x')).status).toBe(200);
    bed.store.remove('TrafficTarget', 't');
    expect((await ask(alice, '/x')).status).toBe(403);
  });

  test('to a port that a TCPRoute covers is one connection, judged once', async () => {
    const [srv, alice] = [await bed.start('srv'), await bed.start('alice')];
    bed.store.put(tcpRoute('all'), trafficTarget('t', { rules: ['TCPRoute/all'] }), service('raw', { app: 'srv' }, [{ name: 'tcp-web', port: 8080 }]));
    const replies = [await ask(alice, '/a', { host: 'raw' }), await ask(alice, '/b', { host: 'raw' })];
    expect(replies.map(({ text }) => text)).toEqual(['srv:8080', 'srv:8080']);
    expect(srv.reached).toEqual(['GET /a', 'GET /b']);
  });

  test('is split request by request', async () => {
    const alice = await bed.start('alice');
    for (const version of ['v1', 'v2']) {
      await bed.start(`web-${version}`, { account: 'srv', labels: { app: 'web', version } });
      bed.store.put(service(`web-${version}`, { app: 'web', version }, [{ name: 'http', port: 8080 }]));
    }
    bed.store.put(service('web', { app: 'web' }, [{ name: 'http', port: 8080 }]), trafficTarget('t'), trafficSplit({ 'web-v1': 1, 'web-v2': 1 }));
    const answers = new Set<string>();
    for (let sent = 0; sent < 40; sent += 1) answers.add((await ask(alice, '/', { host: 'web' })).text);
    expect([...answers].sort()).toEqual(['web-v1:8080', 'web-v2:8080']);
  });
});
