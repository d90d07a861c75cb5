/** The counts that a sound mesh gives, both ends included, and how often even a sound mesh gives another. */
export interface AcceptanceInterval {
  low: number;
  high: number;
  /** Exact probability that a sound mesh falls outside. */
  falseFailure: number;
}

/** The bounds of one backend in a distribution. */
export interface ShareBound {
  workload: string;
  low: number;
  high: number;
}

/**
 * The exact two-sided binomial acceptance interval of `n` independent draws with probability `p`: the narrowest whose tails are
 * each at most `alpha` / 2.
 */
export function acceptanceInterval(n: number, p: number, alpha: number): AcceptanceInterval {
  const mass = masses(n, p);
  let low = 0;
  let below = 0;
  while (low < n && below + (mass[low] ?? 0) <= alpha / 2) below += mass[low++] ?? 0;
  let high = n;
  let above = 0;
  while (high > low && above + (mass[high] ?? 0) <= alpha / 2) above += mass[high--] ?? 0;
  return { low, high, falseFailure: below + above };
}

/** The probability that a count of `n` draws with probability `p` lies in `low` … `high`, both included: what a wrong mesh's chance to pass is. */
export function probabilityWithin(n: number, p: number, low: number, high: number): number {
  const inside = masses(n, p).slice(Math.max(0, low), high + 1);
  // From the smallest on: adding tiny tails to a large sum would lose them.
  return inside.sort((a, b) => a - b).reduce((sum, mass) => sum + mass, 0);
}

/**
 * The bounds of every backend named in `shares` (relative weights). Two backends are one check, since the count of the one is
 * the rest of the other; of more, each is a check of its own, at `alpha` over their number. A weight of 0 must give exactly 0.
 */
export function splitIntervals(attempts: number, shares: Record<string, number>, alpha: number): ShareBound[] {
  const checks = checksOf(attempts, shares, alpha);
  return Object.keys(shares).map((workload) => {
    const check = checks.get(workload);
    return { workload, low: check?.low ?? 0, high: check?.high ?? 0 };
  });
}

/** The exact probability (for three backends and more: its union bound) that a sound mesh falls outside `splitIntervals`. */
export function splitFalseFailure(attempts: number, shares: Record<string, number>, alpha: number): number {
  let sum = 0;
  for (const check of checksOf(attempts, shares, alpha).values()) sum += check.falseFailure;
  return sum;
}

function checksOf(attempts: number, shares: Record<string, number>, alpha: number): Map<string, AcceptanceInterval> {
  const positive = Object.entries(shares).filter(([, share]) => share > 0);
  const total = positive.reduce((sum, [, share]) => sum + share, 0);
  const [first, second] = positive;
  if (first && second && positive.length === 2) {
    const interval = acceptanceInterval(attempts, first[1] / total, alpha);
    // The same event seen from the other side: it adds nothing to the false failures.
    const mirrored = { low: attempts - interval.high, high: attempts - interval.low, falseFailure: 0 };
    return new Map([[first[0], interval], [second[0], mirrored]]);
  }
  return new Map(positive.map(([workload, share]) => [workload, acceptanceInterval(attempts, share / total, alpha / positive.length)]));
}

/** P(X = k) for k = 0 … n, in logarithms so that nothing underflows before it is negligible. */
function masses(n: number, p: number): number[] {
  if (p <= 0 || p >= 1) return Array.from({ length: n + 1 }, (_, k) => (k === (p <= 0 ? 0 : n) ? 1 : 0));
  const logP = Math.log(p);
  const logQ = Math.log1p(-p);
  const factorials = logFactorials(n);
  const at = (k: number): number => factorials[k] ?? 0;
  return Array.from({ length: n + 1 }, (_, k) => Math.exp(at(n) - at(k) - at(n - k) + k * logP + (n - k) * logQ));
}

/** ln(k!) for k = 0 … n, summed with Kahan's compensation: plain sums of a thousand logarithms cost four digits. */
function logFactorials(n: number): number[] {
  const table = [0];
  let sum = 0;
  let lost = 0;
  for (let k = 1; k <= n; k++) {
    const term = Math.log(k) - lost;
    const next = sum + term;
    lost = next - sum - term;
    sum = next;
    table.push(sum);
  }
  return table;
}
