import type { Traffic, Via } from '../model/assertion.ts';
import type { HeldSeen, Seen } from '../model/observation.ts';
import { familyOf } from '../model/specification.ts';
import { splitIntervals } from './binomial.ts';

/** `bob → srv GET /x`, `alice → srv:7070 TCP`: one kind of traffic, as users read it. */
export function trafficText(traffic: Traffic): string {
  const { protocol = 'http', port, via, posingAs } = traffic;
  const to = `${port === undefined ? traffic.to : `${traffic.to}:${port}`}${via === undefined ? '' : ` (${viaTexts[via]})`}`;
  if (familyOf[protocol] !== 'http') return `${traffic.from} → ${to} ${familyOf[protocol].toUpperCase()}`;
  const headers = Object.entries(traffic.headers ?? {}).flatMap(([name, value]) => [value].flat().map((one) => `${name}: ${one}`));
  const withHeaders = headers.length > 0 ? ` with ${joined(headers)}` : '';
  const over = protocol === 'h2c' ? ' over HTTP/2' : '';
  return `${traffic.from} → ${to} ${traffic.method ?? 'GET'} ${traffic.path ?? '/'}${over}${withHeaders}${posingAs === undefined ? '' : ` posing as ${posingAs}`}`;
}

const viaTexts: Record<Via, string> = {
  pod: "its pod's address", clusterIP: "the Service's address", short: 'its short name', namespaced: 'its name with the namespace', svc: 'its name up to svc', fqdn: 'its full name',
};

/** What was to be seen of one kind of traffic, as a clause: `bob → srv GET /x is denied`. */
export function expectedText(seen: Seen, alpha: number): string {
  const traffic = trafficText(seen.traffic);
  switch (seen.expected.outcome) {
    case 'allowed':
    case 'denied':
      return `${traffic} is ${seen.expected.outcome}`;
    case 'recorded':
      return `${traffic} is observed`;
    case 'answered': {
      const { by, mayRefuse } = seen.expected;
      if (mayRefuse === true) return `${traffic} is answered by ${joined(by)} where it is answered, and by no other`;
      return by.length === 1 ? `${traffic} is answered by ${by[0]} only` : `${traffic} is answered by ${joined(by)}, each at least once, and by no other`;
    }
    case 'shares':
      return `${traffic} is answered by ${sharesText(seen, seen.expected.shares, seen.expected.ports ?? {}, alpha)}`;
  }
}

/** What was seen of one kind of traffic: `132 of 132 attempts were answered by srv`, `0 of 20 answered; ECONNREFUSED 20`. */
export function seenText(seen: Seen): string {
  const { attempts, answers, refusals, expected } = seen;
  const answered = total(answers);
  const refused = refusalsText(refusals);
  const suffix = refused === '' ? '' : `; ${refused}`;
  if (expected.outcome === 'shares') {
    const named = { ...Object.fromEntries(Object.keys(expected.shares).map((workload) => [workload, 0])), ...answers };
    return `${countsText(named)}${portsText(seen, expected.ports ?? {})}${suffix}`;
  }
  const run = seen.longestRun === undefined ? '' : `, at most ${seen.longestRun} in a row by one`;
  const reached = total(seen.reached);
  if (expected.outcome === 'denied' && answered === 0 && reached > 0) {
    return `none of ${attempts} answered, yet ${reached} reached ${joined(Object.keys(seen.reached))}${suffix}`;
  }
  if (answered === 0) return `0 of ${attempts} answered${suffix}`;
  const by = Object.keys(answers).length === 1 ? Object.keys(answers).join() : countsText(answers);
  if (answered === attempts) return `${answered} of ${attempts} attempts were answered by ${by}${run}`;
  return `${answered} of ${attempts} answered by ${by}${run}${suffix}`;
}

/** What became of traffic that was held: `alice → srv GET /x over one connection: 212 of 240 answered; HTTP 403 28; the first refusal came 1.2 s after the change`. */
export function heldText({ traffic, connection, attempts, answers, refusals, brokenAfterMs }: HeldSeen): string {
  const refused = refusalsText(refusals);
  const broken = brokenAfterMs === undefined ? 'no attempt after the change was refused' : `the first refusal came ${durationText(brokenAfterMs)} after the change`;
  return `${trafficText(traffic)} ${connection === 'kept' ? 'over one connection' : 'over fresh connections'}: ${total(answers)} of ${attempts} answered${refused === '' ? '' : `; ${refused}`}; ${broken}`;
}

/** Clauses of several kinds of traffic as one sentence; the rest is counted when they are many. */
export function clauses(texts: string[], most = 4): string {
  const kept = texts.slice(0, most);
  const more = texts.length - kept.length;
  return more > 0 ? `${kept.join('; ')}; and ${more} more` : kept.join('; ');
}

/** `840 ms`, `12.4 s`, `120 s`. */
export function durationText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  return `${seconds >= 100 ? Math.round(seconds) : Number(seconds.toFixed(1))} s`;
}

/** `a`, `a and b`, `a, b and c`. */
export function joined(names: string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** `HTTP 503 12, timeout 3`, the most frequent first; rare forms beyond the third are summed up. */
export function refusalsText(refusals: Record<string, number>): string {
  const forms = Object.entries(refusals).filter(([, count]) => count > 0).sort(([, a], [, b]) => b - a);
  const rest = forms.slice(3).reduce((sum, [, count]) => sum + count, 0);
  const shown = forms.slice(0, 3).map(([form, count]) => `${form} ${count}`);
  return (rest > 0 ? [...shown, `other ${rest}`] : shown).join(', ');
}

export function total(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function countsText(counts: Record<string, number>): string {
  return Object.entries(counts).map(([workload, count]) => `${workload} ${count}`).join(', ');
}

/** `web-v1 75 %, web-v2 25 % (681–815 and 185–319 of 1000), web-v0 never`. */
function sharesText(seen: Seen, shares: Record<string, number>, ports: Record<string, number>, alpha: number): string {
  const positive = Object.entries(shares).filter(([, share]) => share > 0);
  const sum = positive.reduce((all, [, share]) => all + share, 0);
  const percent = positive.map(([workload, share]) => {
    const port = ports[workload] === undefined ? '' : ` at port ${ports[workload]}`;
    return `${workload} ${Number(((100 * share) / sum).toFixed(1))} %${port}`;
  });
  const bounds = splitIntervals(seen.attempts, shares, alpha).filter(({ high }) => high > 0);
  const ranges = bounds.map(({ low, high }) => (low === high ? `all` : `${low}–${high}`));
  const never = Object.keys(shares).filter((workload) => (shares[workload] ?? 0) <= 0);
  const refused = seen.expected.outcome === 'shares' && seen.expected.refused !== undefined ? `, the rest refused in the ratio ${seen.expected.refused}` : '';
  return `${percent.join(', ')}${refused} (${joined(ranges)} of ${seen.attempts})${never.length > 0 ? `, ${joined(never)} never` : ''}`;
}

/** Only ports that are not the expected ones are worth a word. */
function portsText(seen: Seen, ports: Record<string, number>): string {
  const wrong = Object.entries(seen.answersByPort).filter(([key]) => isWrongPort(key, ports));
  return wrong.length > 0 ? ` (${joined(wrong.map(([key, count]) => `${count} at ${key}`))})` : '';
}

/** Whether a key of `answersByPort` (`web-v3p:8080`) names a port other than the one that its workload was to be reached at. */
export function isWrongPort(key: string, ports: Record<string, number>): boolean {
  const colon = key.lastIndexOf(':');
  const expected = ports[key.slice(0, colon)];
  return expected !== undefined && Number(key.slice(colon + 1)) !== expected;
}
