import { ConformanceError } from '../model/errors.ts';
import { keepsSecrets } from '../tools/secure-address.ts';

export const defaultProvider = 'https://cloud.meshery.io';

/** Where the provider is: checked, without a slash at its end. Throws BAD_INPUT; `label` is how the caller spells the input. */
export function providerAddress(text: string, label: string): string {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  const bad = (why: string): ConformanceError => new ConformanceError('BAD_INPUT', `${label} ${why}; write an address such as ${defaultProvider}.`);
  // What stands in an address that is not understood may be a password, so none is quoted before that is known.
  if (url === undefined) throw bad('is not an address');
  if (url.username !== '' || url.password !== '') throw bad('holds a user name or a password, which has no place there: the token is an input of its own');
  if (!keepsSecrets(url)) throw bad(`is ${url.protocol}//${url.host}: the token is only sent by https (http is for a provider on this machine, such as http://localhost:9081)`);
  if (url.search !== '' || url.hash !== '') throw bad('has a query or a fragment, which the address of a provider does not have');
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** An endpoint that the provider named, below its address. Undefined where it leads elsewhere: the token must not follow it. */
export function endpointAt(provider: string, endpoint: string): string | undefined {
  const { origin } = new URL(provider);
  const url = URL.canParse(endpoint) ? new URL(endpoint) : URL.parse(`${provider}${endpoint.startsWith('/') ? '' : '/'}${endpoint}`);
  return url === null || url.origin !== origin || url.username !== '' || url.password !== '' ? undefined : url.href.replace(/\/+$/, '');
}
