import { createScrubber, type Scrubber } from './scrub.ts';
import { Secret } from './secret.ts';
import { parseToken, type Token } from './token.ts';

/** The token that requests bear now. Any number of uploads may share one: whoever finds it refused first renews it for all. */
export interface Credential {
  current(): Token;
  /**
   * The token to go on with after `refused` was: the one that has taken its place meanwhile, or what `exchange` gives for it, which is called
   * once however many ask. Undefined where it cannot be renewed; rejects as `exchange` does.
   */
  renew(refused: Token, exchange: (refused: Token) => Promise<string>): Promise<Token | undefined>;
  /** Knows every secret of it, also those that a renewal brought. */
  scrubber: Scrubber;
}

/** Reads a token. `mask` is told of every text that logs must not show, before it is used. Throws BAD_INPUT. */
export function credentialOf(given: Secret, mask: (secret: string) => void = () => undefined): Credential {
  const scrubber = createScrubber();
  let current = take(given);
  let renewing: Promise<Token> | undefined;

  function take(secret: Secret): Token {
    const token = parseToken(secret);
    for (const one of [secret, ...token.secrets]) {
      const text = one.reveal();
      mask(text);
      scrubber.learn(text);
    }
    return token;
  }

  return {
    scrubber,
    current: () => current,
    async renew(refused, exchange) {
      if (refused !== current) return current;
      if (!refused.renewable) return undefined;
      renewing ??= exchange(refused).then((text) => (current = take(new Secret(text)))).finally(() => (renewing = undefined));
      return renewing;
    },
  };
}
