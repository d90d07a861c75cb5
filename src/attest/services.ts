/** Where a keyless signature is made: who certifies the identity, and who witnesses the time. At least one of `rekor` and `tsa`. */
export interface Services {
  /** Issues the certificate. */
  fulcio: string;
  /** The transparency log; version 2 gives no time of its own, so it needs `tsa` beside it. */
  rekor?: { url: string; version: 1 | 2 };
  /** Time-stamp authority (RFC 3161). */
  tsa?: string;
}

/** Sigstore's public instance: whoever looks into its log sees the names of repository and workflow. */
export const publicGood: Services = { fulcio: 'https://fulcio.sigstore.dev', rekor: { url: 'https://rekor.sigstore.dev', version: 1 } };

/** GitHub's own instance, which publishes nothing. */
export const gitHubs: Services = { fulcio: 'https://fulcio.githubapp.com', tsa: 'https://timestamp.githubapp.com' };

/** The services for a repository: the name of one that is not public must not get into a public log. */
export function servicesFor(visibility: string | undefined): Services {
  return visibility === 'public' ? publicGood : gitHubs;
}
