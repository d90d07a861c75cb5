interface Pattern {
  found: RegExp;
  instead: string;
}

/** What looks like a secret, in the order in which it is sought: the forms that are known first, then whatever is named like one. */
const patterns: Pattern[] = [
  { found: /-----BEGIN ([A-Z ]*PRIVATE KEY)-----.*?(?:-----END \1-----|$)/gs, instead: '[hidden]' },
  { found: /\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g, instead: '[hidden]' },
  { found: /\b(?:gh[oprsu]_|github_pat_|glpat-|xox[abprs]-|AKIA|ASIA)[\w-]{12,}/g, instead: '[hidden]' },
  { found: /\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, instead: '$1 [hidden]' },
  { found: /(:\/\/[^\s/:@"']*):[^\s/@"']+@/g, instead: '$1:[hidden]@' },
  { found: /((?:token|passw(?:or)?d|secret|api[_-]?key|private[_-]?key|client-key-data|credentials?)\w*\\?["']?\s*[:=]\s*\\?["']?)[^\s"',;}\\]+/gi, instead: '$1[hidden]' },
];

/** Text from a cluster, without what looks like a secret: a log may hold whatever a program wrote. Rather too much is hidden than too little. Pure. */
export function conceal(text: string): string {
  return patterns.reduce((clean, { found, instead }) => clean.replaceAll(found, instead), text);
}
