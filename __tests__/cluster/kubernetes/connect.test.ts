import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { loadConnection } from '../../../src/cluster/kubernetes/config.ts';
import { connect } from '../../../src/cluster/kubernetes/connect.ts';
import { openKubernetes } from '../../../src/cluster/kubernetes/index.ts';
import { type ApiServer, type ApiServerOptions, startApiServer } from '../../stand-ins/api-server.ts';
import { certificate, privateKey } from '../../stand-ins/api-server-tls.ts';
import { briefPatience, failure, kubeconfig, open, rejection, scratch } from './helpers.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const running: ApiServer[] = [];

async function start(options?: ApiServerOptions): Promise<ApiServer> {
  const api = await startApiServer(options);
  running.push(api);
  return api;
}

async function connectTo(server: string, user: object = {}, cluster: object = {}) {
  using files = scratch();
  return connect(await loadConnection(files.write('config', kubeconfig(server, user, cluster))), briefPatience, briefPatience);
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((api) => api.close()));
});

describe('connecting', () => {
  test('over TLS with a client certificate, on connections that stay open', async () => {
    const api = await start({ tls: { clientCertificate: true } });
    const cluster = await connectTo(api.url, { 'client-certificate-data': base64(certificate), 'client-key-data': base64(privateKey) }, { 'certificate-authority-data': base64(certificate) });
    for (let call = 0; call < 5; call += 1) expect(await cluster.about()).toEqual({ kubernetesVersion: 'v1.34.4', server: api.url });
    expect(api.connections()).toBe(1);
    await cluster.close();
  });

  test('with a token, to a server below a path', async () => {
    const api = await start({ authorization: 'Bearer tok' });
    api.intercept = (seen, response) => {
      if (!seen.path.startsWith('/k8s/clusters/c1/')) return false;
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"gitVersion":"v1.30.1+rke2"}');
      return true;
    };
    const cluster = await connectTo(`${api.url}/k8s/clusters/c1/`, { token: 'tok' });
    expect(await cluster.about()).toEqual({ kubernetesVersion: 'v1.30.1+rke2', server: `${api.url}/k8s/clusters/c1` });
    await cluster.close();
  });

  test('with credentials that are refused', async () => {
    const api = await start({ authorization: 'Bearer right' });
    const error = await failure(connectTo(api.url, { token: 'wrong-secret' }));
    expect(error.code).toBe('FORBIDDEN');
    expect(error.message).toMatch(/does not accept the credentials of .*config: Unauthorized\. Log in anew, or give another kubeconfig/);
    expect(error.message).toContain(api.url);
    expect(error.message).not.toContain('wrong-secret');
    expect(api.seen).toHaveLength(0);
  });

  test('where nothing listens', async () => {
    const api = await start();
    const { url } = api;
    await api.close();
    using files = scratch();
    const started = performance.now();
    const error = await failure(openKubernetes({ kubeconfig: files.write('config', kubeconfig(url)) }));
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(error.code).toBe('UNREACHABLE');
    expect(error.isBadInput).toBe(false);
    expect(error.message).toContain(`does not answer: ${url} refuses connections (ECONNREFUSED). Check that it runs`);
  });

  test('where something listens that never answers', async () => {
    const silent = createServer((socket) => socket.on('error', () => socket.destroy()).resume());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const error = await failure(connectTo(`http://127.0.0.1:${(silent.address() as AddressInfo).port}`));
    expect(error.code).toBe('UNREACHABLE');
    expect(error.message).toMatch(/http:\/\/127\.0\.0\.1:\d+ did not answer in time \(ETIMEDOUT\)/);
    await new Promise((resolve) => silent.close(resolve));
  });

  test('to a server whose certificate the kubeconfig does not trust, which is not tried again', async () => {
    const api = await start({ tls: { clientCertificate: false } });
    const error = await failure(connectTo(api.url));
    expect(error.code).toBe('UNREACHABLE');
    expect(error.message).toMatch(/has a certificate that the kubeconfig's certificate authority did not sign/);
    expect(api.connections()).toBe(1);
  });

  test('by plain HTTP to a server that speaks TLS', async () => {
    const api = await start({ tls: { clientCertificate: false } });
    const error = await failure(connectTo(api.url.replace('https', 'http')));
    expect(error.code).toBe('UNREACHABLE');
  });

  test('to something else than an API server', async () => {
    const api = await start();
    api.intercept = (_seen, response) => Boolean(response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome</html>'));
    const page = await failure(connectTo(api.url));
    expect(page.code).toBe('UNREACHABLE');
    expect(page.message).toContain(`what answers at ${api.url} is not a working API server: HTTP 200, but not with JSON: <html>Welcome</html>`);
    api.intercept = (_seen, response) => Boolean(response.writeHead(200).end('{"status":"UP"}'));
    expect((await failure(connectTo(api.url))).message).toMatch(/the answer names no version of Kubernetes/);
  });
});

describe('a connection that is there', () => {
  test('lost in the middle, it is an error of status 0', async () => {
    const api = await start();
    const cluster = await open(api, briefPatience);
    await api.close();
    expect(await rejection(cluster.get({ apiVersion: 'v1', kind: 'Namespace', name: 'n' }))).toMatchObject({ name: 'ApiError', status: 0, reason: 'ECONNREFUSED', isRefusal: false });
    await cluster.close();
  });

  test('closed, it takes no more calls and leaves no connection', async () => {
    const api = await start();
    const cluster = await open(api);
    await cluster.close();
    expect(await rejection(cluster.about())).toMatchObject({ status: 0, reason: 'Closed' });
  });

  test('has its call given up when it is closed', async () => {
    const api = await start();
    const cluster = await open(api);
    const asked = Promise.withResolvers<void>();
    api.intercept = () => {
      asked.resolve();
      return true;
    };
    const call = rejection(cluster.about());
    await asked.promise;
    await cluster.close();
    expect(await call).toMatchObject({ name: 'ApiError', status: 0 });
  });
});

describe('what is served', () => {
  test('is all kinds of the SMI groups, and nothing of others', async () => {
    const api = await start();
    const cluster = await open(api);
    const split = { group: 'split.smi-spec.io', kind: 'TrafficSplit', plural: 'trafficsplits', namespaced: true };
    expect(await cluster.served()).toEqual([{ ...split, version: 'v1alpha2' }, { ...split, version: 'v1alpha4' }]);
    api.store.types.delete('split.smi-spec.io/v1alpha2');
    expect(await cluster.served()).toEqual([{ ...split, version: 'v1alpha4' }]);
    await cluster.close();
  });

  test('leaves out an API whose own server is gone', async () => {
    const api = await start();
    const cluster = await open(api, briefPatience);
    api.store.types.set('metrics.smi-spec.io/v1alpha1', []);
    api.intercept = ({ path }, response) => path.startsWith('/apis/metrics.') && Boolean(response.writeHead(500).end('service unavailable'));
    expect((await cluster.served()).map(({ group }) => group)).toEqual(['split.smi-spec.io', 'split.smi-spec.io']);
    await cluster.close();
  });
});
