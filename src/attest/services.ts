/** Where a keyless signature is made: who certifies the identity, and who witnesses the time. At least one of `rekor` and `tsa`. */
export interface Services {
  /** Issues the certificate. */
  fulcio: string;
  /** The transparency log, of the first version: it promises the entry with a time. */
  rekor?: string;
  /** Time-stamp authority (RFC 3161). */
  tsa?: string;
}

/** Sigstore's public instance: whoever looks into its log sees the names of repository and workflow. */
export const publicGood: Services = { fulcio: 'https://fulcio.sigstore.dev', rekor: 'https://rekor.sigstore.dev' };

/** GitHub's own instance, which publishes nothing. */
export const gitHubs: Services = { fulcio: 'https://fulcio.githubapp.com', tsa: 'https://timestamp.githubapp.com' };

/** The services for a repository: the name of one that is not public must not get into a public log. */
export function servicesFor(visibility: string | undefined): Services {
  return visibility === 'public' ? publicGood : gitHubs;
}
