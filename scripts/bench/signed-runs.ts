import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { accounts, keyless, newKeys, signed } from '../../__tests__/attest/bed.ts';
import { startSigstore } from '../../__tests__/attest/sigstore.ts';
import { variantOf, withVerdict } from '../../__tests__/site/variants.ts';
import { publicLineOf, type Signer } from '../../src/attest/index.ts';
import type { Report } from '../../src/model/report.ts';
import { bundlePathOf, runPathOf } from '../../src/publish/index.ts';
import { derive } from '../../src/report/derive.ts';
import { toJson } from '../../src/report/index.ts';

/** Where everything lies that a build of the pages needs. */
export interface SignedRuns {
  /** As a checkout of the results branch. */
  runs: string;
  /** One run more, in the same form, that was made after all others. */
  later: string;
  accounts: string;
  trustedRoot: string;
}

const meshes = [['osm', 'Open Service Mesh'], ['traefik-mesh', 'Traefik Mesh'], ['linkerd', 'Linkerd'], ['consul', 'Consul'], ['istio', 'Istio']] as const;
const versions = ['v1.0.0', 'v1.0.1', 'v1.1.0', 'v1.1.1', 'v1.2.0', 'v1.2.3', 'v1.2.4', 'v1.3.0'];
const kubernetes = ['v1.31.4', 'v1.32.2', 'v1.33.1', 'v1.34.0'];
const minutesApart = 100;

export function layoutOf(folder: string): SignedRuns {
  return { runs: join(folder, 'runs-branch'), later: join(folder, 'later'), accounts: join(folder, 'accounts.yaml'), trustedRoot: join(folder, 'trusted_root.json') };
}

/** Writes signed runs as the results branch has them, made of one real report: half of them signed with a key, half as workflows sign, certified and witnessed by authorities of their own. */
export async function writeSignedRuns(folder: string, template: Report, count: number): Promise<SignedRuns> {
  const layout = layoutOf(folder);
  const { publicKey, privateKey } = newKeys();
  const sigstore = await startSigstore();
  try {
    const enrolled = { ...accounts.meshes['osm'], robots: [{ name: 'bench-robot', publicKey: publicLineOf(publicKey) }] };
    await mkdir(folder, { recursive: true });
    await writeFile(layout.accounts, JSON.stringify({ meshes: Object.fromEntries(meshes.map(([id]) => [id, enrolled])) }));
    await writeFile(layout.trustedRoot, sigstore.rootBytes(sigstore.trustedRoot));
    const first = Date.now() - (count + 2) * minutesApart * 60_000;
    const reportAt = createReports(template, first);
    for (let place = 0; place <= count; place++) {
      const signer: Signer = place % 2 === 0 ? keyless(sigstore) : { kind: 'key', key: privateKey };
      await writeRun(place < count ? layout.runs : layout.later, reportAt(place), signer);
    }
    return layout;
  } finally {
    await sigstore.close();
  }
}

/** Mesh, versions and day of a run follow from its place. A few verdicts differ from version to version, and two more from run to run, so that hardly two runs have the same. */
function createReports(template: Report, first: number): (place: number) => Report {
  const known = new Map<string, Report>();
  return (place) => {
    const [id, name] = at(meshes, place);
    const turn = Math.floor(place / meshes.length);
    const version = at(versions, turn);
    const base = known.get(`${id} ${version}`) ?? variantOf(template, { mesh: { id, name }, version, verdicts: flipped(template, (index) => index % 9 === turn % versions.length) });
    known.set(`${id} ${version}`, base);
    const { length } = base.assertions;
    const others = new Set([place % length, Math.floor((place * 7) / length) % length]);
    const verdicts = flipped(base, (index) => others.has(index));
    const assertions = base.assertions.map((result) => withVerdict(result, verdicts[result.id] ?? result.verdict));
    const { result, summary, specifications, statistics } = derive(assertions, base.offered, base.complete);
    const startedAt = new Date(first + place * minutesApart * 60_000).toISOString();
    const run = { ...base.run, id: place.toString(16).padStart(6, '0'), startedAt };
    return { ...base, run, kubernetes: { version: at(kubernetes, Math.floor(turn / versions.length)), cluster: 'kubernetes' }, result, summary, specifications, statistics, assertions };
  };
}

function flipped({ assertions }: Report, wanted: (index: number) => boolean): Record<string, 'pass' | 'fail'> {
  const changed = assertions.filter(({ verdict }, index) => (verdict === 'pass' || verdict === 'fail') && wanted(index));
  return Object.fromEntries(changed.map(({ id, verdict }) => [id, verdict === 'pass' ? 'fail' : 'pass']));
}

async function writeRun(folder: string, report: Report, signer: Signer): Promise<void> {
  const path = join(folder, runPathOf(report));
  const bytes = Buffer.from(toJson(report));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  await writeFile(bundlePathOf(path), await signed(bytes, signer));
}

/** One of a few, in turns. */
function at<One>(list: readonly One[], place: number): One {
  const one = list[place % list.length];
  if (one === undefined) throw new Error('the list is empty');
  return one;
}
