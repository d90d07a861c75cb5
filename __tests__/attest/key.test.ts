import { execFileSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, type KeyObject, verify as verifySignature } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { attest, hintOf, publicLineOf, readPublicKey, readSigningKey, signerOf, verify } from '../../src/attest/index.ts';
import { preAuthEncoding } from '../../src/attest/envelope.ts';
import { causesOf } from '../../src/door/causes.ts';
import { action, bytesOf, goodReport, newKeys, signed, suiteDigest } from './bed.ts';

const pemOf = (key: KeyObject): string => key.export({ format: 'pem', type: 'pkcs8' }).toString();

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'attest-key-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('a signing key', () => {
  test('is read as openssl writes it, and as it looks after a secret store had it', () => {
    const pem = execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519'], { encoding: 'utf8' });
    const hint = hintOf(readSigningKey(pem));
    for (const text of [pem.trim(), pem.replaceAll('\n', '\\n'), pem.replaceAll('\n', '\r\n'), `\n  ${pem}\n`]) expect(hintOf(readSigningKey(text))).toBe(hint);
    const publicPem = execFileSync('openssl', ['pkey', '-pubout'], { encoding: 'utf8', input: pem });
    expect(hintOf(readPublicKey(publicPem, '--key'))).toBe(hint);
    expect(hintOf(readPublicKey(publicLineOf(readSigningKey(pem)), 'accounts'))).toBe(hint);
  });

  test('is refused with the way to make one, and without a word of it', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const { publicKey, privateKey } = newKeys();
    const pem = pemOf(privateKey);
    const body = pem.split('\n')[1] ?? '';
    const cases: [string, RegExp][] = [
      [pemOf(rsa), /is for rsa, not Ed25519/],
      [publicKey.export({ format: 'pem', type: 'spki' }).toString(), /is a public key/],
      [privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'secret' }).toString(), /locked by a password/],
      [`-----BEGIN OPENSSH PRIVATE KEY-----\n${body}\n-----END OPENSSH PRIVATE KEY-----`, /form of OpenSSH/],
      [body, /not in PEM/],
      ['', /not in PEM/],
      [pem.replace(body, body.slice(0, 20)), /cannot be read/],
    ];
    for (const [text, words] of cases) {
      const error = thrownBy(() => readSigningKey(text));
      expect(error).toMatchObject({ code: 'BAD_INPUT', message: expect.stringMatching(words) });
      expect(error).toMatchObject({ message: expect.stringContaining('openssl genpkey -algorithm ed25519') });
      for (const line of text.split('\n').filter((one) => one.length > 8 && !one.startsWith('-----'))) expect(causesOf(error)).not.toContain(line);
    }
    expect(thrownBy(() => readPublicKey(pem, '--key'))).toMatchObject({ message: expect.stringMatching(/--key is a private key/) });
    expect(thrownBy(() => readPublicKey('no key', '--key'))).toMatchObject({ code: 'BAD_INPUT', message: expect.stringMatching(/--key is no public key/) });
  });
});

describe('a signature with a key', () => {
  test('is plain DSSE: openssl\'s own verification takes it', async () => {
    const { publicKey, privateKey } = newKeys();
    const bundle = JSON.parse((await signed(bytesOf(goodReport()), { kind: 'key', key: privateKey })).toString()) as Shape;
    expect(bundle.mediaType).toBe('application/vnd.dev.sigstore.bundle.v0.3+json');
    const { payload, payloadType, signatures: [signature] } = bundle.dsseEnvelope;
    expect(verifySignature(null, preAuthEncoding(payloadType, Buffer.from(payload, 'base64')), publicKey, Buffer.from(signature?.sig ?? '', 'base64'))).toBe(true);
    expect([bundle.verificationMaterial.publicKey.hint, signature?.keyid]).toEqual([hintOf(publicKey), hintOf(publicKey)]);
    expect(createPublicKey(privateKey).export({ format: 'der', type: 'spki' })).toEqual(publicKey.export({ format: 'der', type: 'spki' }));
  });

  test('is written beside the report and verified; a report that is not there is told of', async () => {
    const { publicKey, privateKey } = newKeys();
    const report = bytesOf(goodReport());
    writeFileSync(join(directory, 'report.json'), report);
    const attested = await attest({ directory, signer: signerOf({ key: privateKey }), action });
    expect(attested).toEqual({ signed: 'key', file: join(directory, 'report.sigstore.json') });
    const bundle = readFileSync(join(directory, 'report.sigstore.json'));
    const { ok, checks } = await verify({ report, bundle, key: publicKey, suiteDigest });
    expect(checks.filter((check) => !check.ok)).toEqual([]);
    expect(ok).toBe(true);
    expect(readdirSync(directory).toSorted()).toEqual(['report.json', 'report.sigstore.json']);
    rmSync(join(directory, 'report.json'));
    await expect(attest({ directory, signer: signerOf({ key: privateKey }), action })).rejects.toMatchObject({ code: 'WRITE_FAILED' });
  });

  test('leaves nothing of an earlier run where the report stays unsigned', async () => {
    writeFileSync(join(directory, 'report.json'), bytesOf(goodReport()));
    writeFileSync(join(directory, 'report.sigstore.json'), 'of another run');
    expect(await attest({ directory, signer: signerOf({}), action })).toEqual({ signed: 'none' });
    expect(readdirSync(directory)).toEqual(['report.json']);
  });

  test('shows nothing of the key: not in bundle, report, folder, printed options, errors', async () => {
    const { privateKey } = newKeys();
    const signer = signerOf({ key: readSigningKey(pemOf(privateKey)) });
    writeFileSync(join(directory, 'report.json'), bytesOf(goodReport()));
    await attest({ directory, signer, action });
    rmSync(join(directory, 'report.json'));
    const error = await attest({ directory, signer, action }).catch((one: unknown) => one);
    const shown = [inspect({ signer, error }, { depth: 9, showHidden: true }), JSON.stringify({ signer, error }), causesOf(error), ...readdirSync(directory).map((name) => readFileSync(join(directory, name), 'utf8'))].join('\n');
    const der = privateKey.export({ format: 'der', type: 'pkcs8' });
    const seed = der.subarray(-32);
    const jwk = privateKey.export({ format: 'jwk' });
    for (const secret of [der.toString('base64'), seed.toString('base64'), seed.toString('hex'), jwk.d ?? 'none', pemOf(privateKey)]) expect(shown).not.toContain(secret);
    expect(shown).toContain('report.json');
  });
});

interface Shape {
  mediaType: string;
  verificationMaterial: { publicKey: { hint: string } };
  dsseEnvelope: { payload: string; payloadType: string; signatures: { sig: string; keyid: string }[] };
}

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
