import type { RunRequest } from '../model/request.ts';
import { type Specification, specifications, type Version } from '../model/specification.ts';
import { specificationVersions } from '../smi/names.ts';
import type { Reader } from './reader.ts';

type SmiVersions = NonNullable<RunRequest['smiVersions']>;

/** The versions that the embedded cluster is to serve: `access=v1alpha2,specs=v1alpha3+v1alpha4,split=none`. Throws BAD_INPUT. */
export function smiVersionsOf(read: Reader): SmiVersions | undefined {
  const list = read.list('smi_versions');
  if (list.length === 0) return undefined;
  const chosen: SmiVersions = {};
  for (const part of list) {
    const [name = '', value = ''] = part.split('=').map((text) => text.trim());
    const specification = specifications.find((one) => one === name || one === `traffic-${name}`);
    if (specification === undefined || part.split('=').length !== 2) throw read.bad('smi_versions', `${JSON.stringify(part)} is not understood; write access=, specs=, split= or metrics= and a version, with commas between them, such as access=v1alpha2,specs=v1alpha3,split=v1alpha2`);
    if (chosen[specification] !== undefined) throw read.bad('smi_versions', `${specification} is there twice; join its versions with +`);
    chosen[specification] = versionsIn(value, specification, read);
  }
  return chosen;
}

function versionsIn(value: string, specification: Specification, read: Reader): Version[] {
  if (value === 'none') return [];
  const known = specificationVersions[specification];
  return [...new Set(value.split('+').map((text): Version => {
    const version = known.find((one) => one === text.trim());
    if (version === undefined) throw read.bad('smi_versions', `${specification} has no version ${JSON.stringify(text.trim())}; it has ${known.join(', ')}, or write none`);
    return version;
  }))];
}
