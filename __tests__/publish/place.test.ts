import { describe, expect, test } from '@jest/globals';
import { bundlePathOf, runPathOf } from '../../src/publish/index.ts';

const placed = (mesh: string, version: string, kubernetes: string, id = 'a1b2c3') => ({ mesh: { id: mesh, version }, kubernetes: { version: kubernetes }, run: { id, startedAt: '2026-11-21T08:50:00.123Z' } });

describe('the place of a run in the branch', () => {
  test('says mesh, version, Kubernetes, date and run', () => {
    const path = runPathOf(placed('osm', 'v1.2.4', 'v1.34.4+k3s1'));
    expect(path).toBe('runs/osm/v1.2.4/v1.34.4+k3s1/2026-11-21T085000Z-a1b2c3.json');
    expect(bundlePathOf(path)).toBe('runs/osm/v1.2.4/v1.34.4+k3s1/2026-11-21T085000Z-a1b2c3.sigstore.json');
  });

  test.each([
    ['..', '../../etc', '/etc/passwd'],
    ['.git', 'a/b\\c', 'v1\n"x"'],
    ['-rf', '', '   '],
    ['CON', 'v1.', '.hidden'],
    ['osm', '\u0000', 'ünï\u202Ecode'],
    ['osm', 'x'.repeat(5000), '<script>alert(1)</script>'],
  ])('stays in its folder for %j %j %j', (mesh, version, kubernetes) => {
    const path = runPathOf(placed(mesh, version, kubernetes));
    const parts = path.split('/');
    expect(parts).toHaveLength(5);
    for (const part of parts) expect(part).toMatch(/^[\w][\w.+-]{0,90}$/);
    for (const part of parts) expect(part).not.toMatch(/\.$|^(con|nul)$/i);
  });

  test('no id of a run makes its report pass for a bundle', () => {
    expect(runPathOf(placed('osm', 'v1', 'v1', 'x.sigstore'))).toMatch(/x_sigstore\.json$/);
  });

  test('keeps runs of the same second apart by their ids', () => {
    expect(runPathOf(placed('osm', 'v1', 'v1', 'one'))).not.toBe(runPathOf(placed('osm', 'v1', 'v1', 'two')));
  });
});
