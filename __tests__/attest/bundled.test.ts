import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { action, bytesOf, goodReport, identity, limits, workflow } from './bed.ts';
import { startSigstore } from './sigstore.ts';

const root = join(import.meta.dirname, '../..');

/** In a process of its own: signs what it is given, and verifies it. */
const program = `
import { readFileSync } from 'node:fs';
import { bundleBytes, readTrustedRoots, sign, statementOf, verify } from './index.js';
const { report: text, root, signer, action, workflow, limits, identity } = JSON.parse(readFileSync(0, 'utf8'));
const report = Buffer.from(text);
const bundle = await bundleBytes(await sign(statementOf({ report, action, workflow }), signer, limits));
console.log(JSON.stringify(await verify({ report, bundle, identity, trustedRoots: await readTrustedRoots(Buffer.from(root)) })));
`;

test('signing and verifying work as they are built, from packages that are no modules', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'attest-built-'));
  const sigstore = await startSigstore();
  try {
    await build({
      absWorkingDir: root, entryPoints: { index: 'src/attest/index.ts' }, outdir: folder, bundle: true, minify: true, splitting: true, platform: 'node', target: 'node24', format: 'esm', logLevel: 'warning',
      banner: { js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);' },
    });
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    await writeFile(join(folder, 'program.js'), program);
    const running = promisify(execFile)(process.execPath, ['program.js'], { cwd: folder });
    const signer = { kind: 'keyless', oidc: sigstore.oidc, services: { ...sigstore.services, tsa: sigstore.stampedServices.tsa } };
    running.child.stdin?.end(JSON.stringify({ report: bytesOf(goodReport()).toString(), root: sigstore.rootBytes(sigstore.trustedRoot).toString(), signer, action, workflow, limits, identity }));
    const { stdout } = await running;
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, checks: expect.arrayContaining([expect.objectContaining({ name: 'signature', ok: true })]) });
  } finally {
    await sigstore.close();
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);
