import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';

/** Where a machine without a registry has Open Service Mesh: the folder of its chart, and the archives of its images, separated by spaces. */
export function osmHere({ E2E_OSM_CHART: chart, E2E_OSM_IMAGES: images = '', E2E_NODE_IMAGE: nodeImage }: NodeJS.ProcessEnv): { chart: string; images: string[]; nodeImage: string } | undefined {
  return chart === undefined || nodeImage === undefined ? undefined : { chart, images: images.split(/\s+/).filter((path) => path !== ''), nodeImage };
}

/** A user's definition that lies over the built-in one: its chart from a folder, images by tag, since those of an archive have no digest of a registry. */
export function writeOsmDefinition(folder: string, chart: string): string {
  const digest = Object.fromEntries(['osmController', 'osmInjector', 'osmSidecarInit', 'osmCRDs', 'osmBootstrap', 'osmPreinstall', 'osmHealthcheck'].map((name) => [name, '']));
  const values = { osm: { image: { registry: 'docker.io/openservicemesh', tag: 'v1.2.4', digest }, sidecarImage: 'docker.io/envoyproxy/envoy-distroless:v1.22.2', curlImage: 'docker.io/curlimages/curl:8', featureFlags: { enableWASMStats: false } } };
  const file = join(folder, 'osm.yaml');
  writeFileSync(file, dump({ extends: 'open_service_mesh', install: { parts: { mesh: { helm: { repository: null, chart: null, pins: null, path: chart, values } } } } }));
  return file;
}
