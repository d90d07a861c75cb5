import { describe, expect, test } from '@jest/globals';
import { endpointAt, providerAddress } from '../../src/provider/address.ts';

describe('the address of a provider', () => {
  test.each([
    ['https://cloud.meshery.io', 'https://cloud.meshery.io'],
    [' https://cloud.meshery.io/ ', 'https://cloud.meshery.io'],
    ['https://example.org:8443/meshery//', 'https://example.org:8443/meshery'],
    ['http://localhost:9081', 'http://localhost:9081'],
    ['http://127.0.0.1:9081', 'http://127.0.0.1:9081'],
    ['http://[::1]:9081', 'http://[::1]:9081'],
  ])('%s', (text, address) => {
    expect(providerAddress(text, 'provider_url')).toBe(address);
  });

  test.each<[string, RegExp]>([
    ['', /^provider_url is not an address/],
    ['cloud.meshery.io', /not an address/],
    ['http://cloud.meshery.io', /only sent by https/],
    ['http://127.0.0.1.example.org', /only sent by https/],
    ['http://localhost.example.org', /only sent by https/],
    ['file:///etc/passwd', /only sent by https/],
    ['https://robot:geheim@example.org', /user name or a password/],
    ['https://example.org/?token=geheim', /query or a fragment/],
  ])('%s is none', (text, message) => {
    expect(() => providerAddress(text, 'provider_url')).toThrow(expect.objectContaining({ code: 'BAD_INPUT', message: expect.stringMatching(message) }));
    expect(() => providerAddress(text, 'provider_url')).not.toThrow(/geheim/);
  });
});

test.each<[string, string | undefined]>([
  ['/smi/results', 'https://p.example/base/smi/results'],
  ['smi/results/', 'https://p.example/base/smi/results'],
  ['https://p.example/api/smi/results', 'https://p.example/api/smi/results'],
  ['https://evil.example/smi/results', undefined],
  ['http://p.example/smi/results', undefined],
  ['//evil.example/smi/results', 'https://p.example/base//evil.example/smi/results'],
  ['@evil.example/', 'https://p.example/base/@evil.example'],
  ['https://u:p@p.example/smi/results', undefined],
])('the endpoint %s', (endpoint, url) => {
  expect(endpointAt('https://p.example/base', endpoint)).toBe(url);
});
