import type { RouteDecisions } from './decisions.ts';
import type { MatchOutcome, RequestHead, RouteMatch } from './model.ts';

/** Whether any of the matches takes a request. */
export type Matcher = (matches: readonly RouteMatch[], request: RequestHead) => boolean;

type Condition = (request: RequestHead) => MatchOutcome;

/** Reads the matches' regular expressions once each. */
export function createMatcher(decisions: RouteDecisions): Matcher {
  const conditions = new WeakMap<RouteMatch, Condition>();
  const conditionOf = (match: RouteMatch): Condition => {
    const known = conditions.get(match);
    if (known !== undefined) return known;
    const condition = compile(match, decisions);
    conditions.set(match, condition);
    return condition;
  };
  return (matches, request) => decisions.matchRoute(matches.map((match) => conditionOf(match)(request)));
}

function compile({ pathRegex, methods, headers }: RouteMatch, decisions: RouteDecisions): Condition {
  const takesPath = pathRegex === undefined ? undefined : decisions.pathMatcher(pathRegex);
  const filters = headers.map(([name, regex]) => [name, decisions.headerMatcher(regex)] as const);
  return (request) => ({
    path: takesPath === undefined || takesPath(decisions.pathAsked(request)),
    method: methods === undefined || decisions.methodListed(methods, request.method),
    headers: filters.length === 0 || decisions.headersHold(filters.map(([name, takes]) => {
      const value = request.headers.get(name);
      return value !== undefined && takes(value);
    })),
  });
}
