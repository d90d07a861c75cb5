import type { RouteDecisions } from '../decisions.ts';

/** All conditions of one match hold together, and matches are alternatives. */
export const routeDecisions: RouteDecisions = {
  findRoute: (routes, { kind, namespace, name }) => routes.find((route) => route.kind === kind && route.namespace === namespace && route.name === name),
  // A query is no part of a path (RFC 3986, 3.3).
  pathAsked: ({ path }) => path,
  // Anchored at the start, as the text says; it does not say anything of the end.
  pathMatcher: (pathRegex) => matcher(`^(?:${pathRegex})`),
  // The text's samples use both `.*X.*` and `^…$`, so a header is searched.
  headerMatcher: matcher,
  methodListed: (methods, method) => methods.includes('*') || methods.includes(method),
  headersHold: (outcomes) => outcomes.every((holds) => holds),
  matchRoute: (outcomes) => outcomes.some(({ path, method, headers }) => path && method && headers),
};

/** What a regular expression takes. One that cannot be read takes nothing, and harms nobody else. */
export function matcher(regex: string): (text: string) => boolean {
  let compiled: RegExp;
  try {
    compiled = new RegExp(regex);
  } catch {
    return () => false;
  }
  return (text) => compiled.test(text);
}
