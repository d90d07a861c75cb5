import type { Install, Pairing } from '../../model/install.ts';
import type { MeshDefinition } from '../../model/mesh.ts';

/** `v1.4.8` and `1.4.8`, `stable-2.14.10` and `2.14.10` are one version. Pure. */
export function sameVersion(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

/** The version that is installed where `asked` is what the user wants: as the definition writes it, where it knows it. Pure. */
export function wantedVersion({ versions }: Install, asked: string | undefined): string {
  return asked === undefined ? (versions[0]?.version ?? 'unknown') : (versions.find(({ version }) => sameVersion(version, asked))?.version ?? asked);
}

/** With which versions of Kubernetes a version of the mesh goes; empty where nothing is known of it. What a booted cluster runs is chosen by its `default`. Pure. */
export function pairedKubernetes({ install }: Pick<MeshDefinition, 'install'>, asked?: string): Pairing {
  if (install === undefined) return {};
  const wanted = wantedVersion(install, asked);
  return install.versions.find(({ version }) => version === wanted)?.kubernetes ?? {};
}

/** What is odd about a version of Kubernetes (`v1.34.4`) for a version of the mesh, in words. Pure. */
export function oddPairing({ from, to }: Pairing, kubernetes: string): string | undefined {
  const minor = minorOf(kubernetes);
  if (minor === undefined) return undefined;
  if (from !== undefined && minor < (minorOf(from) ?? 0)) return `its makers name Kubernetes ${from} as the oldest, and this is ${kubernetes}`;
  if (to !== undefined && minor > (minorOf(to) ?? minor)) return `its makers name Kubernetes ${to} as the newest, and this is ${kubernetes}`;
  return undefined;
}

function minorOf(version: string): number | undefined {
  const minor = /^v?1\.(\d+)/.exec(version)?.[1];
  return minor === undefined ? undefined : Number(minor);
}

function plain(version: string): string {
  return version.trim().toLowerCase().replace(/^(?:stable-|v)/, '');
}
