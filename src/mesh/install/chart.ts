import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';
import semver from 'semver';
import { ConformanceError, messageOf } from '../../model/errors.ts';
import type { ChartPin, HelmPart } from '../../model/install.ts';
import { fetchFile, requireSha256, type Surroundings } from './fetch.ts';
import { sameVersion } from './version.ts';

interface Entry {
  version: string;
  appVersion?: string;
  urls?: string[];
  digest?: string;
}

/**
 * Downloads the archive of a chart for a version of the mesh, and checks it: by the definition's SHA-256, else by the one that the repository's index
 * publishes, and says which. Rejects with BAD_INPUT where the repository has no such version, TOOL_UNAVAILABLE and WRONG_CHECKSUM.
 */
export async function fetchChart(part: HelmPart, version: string, surroundings: Surroundings): Promise<string> {
  const { repository = '', chart = '', pins = [] } = part;
  const pin = pins.find((one) => one.version !== undefined && sameVersion(one.version, version)) ?? pins.find((one) => one.version === undefined);
  const { url, sha256 } = await sourceOf(part, pin, version, surroundings);
  const file = join(surroundings.directory, `${part.release}-chart.tgz`);
  surroundings.log(`downloading the chart ${chart} of ${repository}: ${url}`);
  await fetchFile(url, file, `the chart ${chart} for ${version}`, surroundings);
  await requireSha256(file, sha256, url);
  return file;
}

async function sourceOf(part: HelmPart, pin: ChartPin | undefined, version: string, surroundings: Surroundings): Promise<{ url: string; sha256: string }> {
  if (pin?.url !== undefined && pin.sha256 !== undefined) return { url: pin.url, sha256: pin.sha256 };
  const { entry, index } = await entryOf(part, pin?.chart ?? version, pin?.chart !== undefined, surroundings);
  const listed = entry.urls?.[0];
  const url = pin?.url ?? (listed === undefined ? undefined : new URL(listed, index).href);
  const sha256 = pin?.sha256 ?? entry.digest;
  if (url === undefined || sha256 === undefined || !/^[0-9a-f]{64}$/i.test(sha256)) {
    throw new ConformanceError('WRONG_CHECKSUM', `${index} gives no ${url === undefined ? 'address' : 'SHA-256'} for the chart ${part.chart} ${entry.version}, so it cannot be checked and is not used. Bring the chart by a mesh_definition (helm.path).`);
  }
  if (pin?.sha256 === undefined) surroundings.log(`no SHA-256 of the chart ${part.chart} ${entry.version} is pinned: checking against ${index}, which comes from where the chart comes from`);
  return { url, sha256 };
}

/** The chart's own version, or the newest chart of that version of the mesh. */
async function entryOf(part: HelmPart, wanted: string, exact: boolean, surroundings: Surroundings): Promise<{ entry: Entry; index: string }> {
  const { repository = '', chart = '' } = part;
  const base = repository.endsWith('/') ? repository : `${repository}/`;
  const index = new URL('index.yaml', base).href;
  const file = await fetchFile(index, join(surroundings.directory, `${part.release}-index.yaml`), `the index of the chart repository ${repository}`, surroundings);
  const entries = entriesIn(await readFile(file, 'utf8'), chart, index);
  const fits = ({ version, appVersion }: Entry): boolean => sameVersion(version, wanted) || (!exact && appVersion !== undefined && sameVersion(appVersion, wanted));
  const found = entries.filter(fits).toSorted((one, other) => semver.compareBuild(semver.coerce(other.version) ?? '0.0.0', semver.coerce(one.version) ?? '0.0.0'))[0];
  if (found === undefined) {
    const known = entries.slice(0, 8).map(({ version, appVersion }) => (appVersion === undefined || sameVersion(version, appVersion) ? version : `${appVersion} (chart ${version})`));
    throw new ConformanceError('BAD_INPUT', `the repository ${repository} has no version ${wanted} of the chart ${chart}. It has ${known.join(', ') || 'none'}: set mesh_version to one of them.`);
  }
  return { entry: found, index: base };
}

function entriesIn(text: string, chart: string, index: string): Entry[] {
  try {
    const { entries } = load(text) as { entries?: Record<string, Entry[]> };
    return (entries?.[chart] ?? []).filter(({ version }) => typeof version === 'string');
  } catch (error) {
    throw new ConformanceError('TOOL_UNAVAILABLE', `${index} is not the index of a chart repository: ${messageOf(error)}. Mend the repository's address in the mesh_definition.`, { cause: error });
  }
}
