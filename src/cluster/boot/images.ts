import semver from 'semver';
import { ConformanceError } from '../../model/errors.ts';
import { pins } from '../../tools/index.ts';

/** A node image, and the release of kind that boots it. */
export interface NodeImage {
  image: string;
  /** Without `v`. */
  kind: string;
  /** False where the image is named by a tag only, which may be another tomorrow. */
  pinned: boolean;
}

const { images, repository } = pins.nodeImages;

/**
 * The image of a Kubernetes version (`1.34`, `v1.34.8`), pinned by digest, with the kind release that built it; of the lock file's newest where neither is
 * given. An image that is named outright is taken as it is, and paired by its digest, else by the minor version in its tag. Throws BAD_INPUT.
 */
export function nodeImageFor({ kubernetesVersion, nodeImage }: { kubernetesVersion?: string; nodeImage?: string }): NodeImage {
  if (nodeImage !== undefined) return named(nodeImage);
  const found = images.find(({ kubernetes }) => kubernetesVersion === undefined || matches(kubernetes, kubernetesVersion));
  if (found === undefined) throw unknown(kubernetesVersion ?? '');
  return { image: `${repository}:v${found.kubernetes}@${found.digest}`, kind: found.kind, pinned: true };
}

/** The full Kubernetes version for tools that need one. Throws BAD_INPUT where a version has no patch and none is known. */
export function fullVersion(kubernetesVersion: string): string {
  const bare = kubernetesVersion.replace(/^v/, '');
  const full = semver.valid(bare) ?? images.find(({ kubernetes }) => matches(kubernetes, bare))?.kubernetes;
  if (full === undefined) throw unknown(kubernetesVersion);
  return `v${full}`;
}

function named(image: string): NodeImage {
  const byDigest = images.find(({ digest }) => image.endsWith(`@${digest}`));
  const minor = /:v(\d+\.\d+)(?:[.@-]|$)/.exec(image)?.[1];
  const byTag = images.find(({ kubernetes }) => minor !== undefined && matches(kubernetes, minor));
  return { image, kind: (byDigest ?? byTag)?.kind ?? pins.tools.kind.version, pinned: /@sha256:[0-9a-f]{64}$/.test(image) };
}

function matches(kubernetes: string, wanted: string): boolean {
  const bare = wanted.replace(/^v/, '');
  return kubernetes === bare || (/^\d+\.\d+$/.test(bare) && kubernetes.startsWith(`${bare}.`));
}

function unknown(version: string): ConformanceError {
  const known = [...new Set(images.map(({ kubernetes }) => kubernetes))].join(', ');
  return new ConformanceError('BAD_INPUT', `no node image of Kubernetes "${version}" is known. Known are ${known}; a minor version such as 1.34 takes its newest. Or name an image by the input \`node_image\`.`);
}
