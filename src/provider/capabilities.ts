import { endpointAt } from './address.ts';
import { type Client, objectOf } from './client.ts';
import { refused } from './refused.ts';
import { UploadTrouble } from './trouble.ts';

/** Where a provider describes itself: plainly, and for a version of Meshery, which is what Meshery's own servers ask for. */
const places = ['/capabilities', '/v0.8.0/capabilities?os=linux&playground=false'];
/** The feature that takes SMI results, by its name now and by the one before. */
const features = ['persist-smi-results', 'persist-smi-result'];

/** Asks the provider where it takes SMI results; never guessed, since that place has moved before. */
export async function resultsEndpoint(client: Client, scrub: (text: string) => string): Promise<string> {
  for (const place of places) {
    const answer = await client.ask({ what: `asking ${client.provider} for its capabilities`, method: 'GET', url: `${client.provider}${place}` });
    if (answer.status === 401 || answer.status === 403) throw refused(answer, client, scrub);
    const capabilities = answer.status === 200 ? capabilitiesIn(answer.text) : undefined;
    if (capabilities !== undefined) return endpointIn(capabilities, client.provider);
  }
  throw new UploadTrouble(`${client.provider} does not describe its capabilities, as a results provider does (asked for ${places.map((place) => place.split('?')[0]).join(' and ')}): check provider_url`);
}

interface Capability {
  feature: string;
  endpoint: string;
}

/** Undefined where the answer is none of a provider, such as the page that many sites show for everything. */
function capabilitiesIn(text: string): Capability[] | undefined {
  const properties = objectOf(text);
  const list = properties?.['capabilities'];
  if (!Array.isArray(list)) return undefined;
  const type = properties?.['provider_type'] ?? properties?.['providerType'];
  if (type !== undefined && type !== 'remote') return undefined;
  return (list as unknown[]).filter(isCapability);
}

function isCapability(value: unknown): value is Capability {
  const { feature, endpoint } = (value ?? {}) as Partial<Record<keyof Capability, unknown>>;
  return typeof feature === 'string' && typeof endpoint === 'string' && endpoint !== '';
}

function endpointIn(capabilities: readonly Capability[], provider: string): string {
  const found = features.flatMap((feature) => capabilities.filter((one) => one.feature === feature))[0];
  if (found === undefined) throw new UploadTrouble(`${provider} takes no SMI results: ${features[0]} is not among its capabilities`);
  const endpoint = endpointAt(provider, found.endpoint);
  if (endpoint === undefined) throw new UploadTrouble(`${provider} wants SMI results at another address than its own, where the token is not sent`);
  return endpoint;
}
