/**
 * Kubernetes quantities as whole numbers in the same ratio: 1 and 500m become 2 and 1.
 * Quantities that are whole already keep their digits, so that 75 and 25 stay 75 and 25.
 */
export function toWholeNumbers(quantities: readonly (string | number)[]): number[] {
  const nanos = quantities.map(toNanos);
  if (nanos.every((value) => value % oneInNanos === 0n)) return nanos.map((value) => Number(value / oneInNanos));
  const divisor = nanos.reduce(greatestCommonDivisor, 0n);
  return nanos.map((value) => Number(value / divisor));
}

const oneInNanos = 1_000_000_000n;

/** Powers of ten, in nanos. */
const decimal: Record<string, bigint> = { n: 1n, u: 10n ** 3n, m: 10n ** 6n, '': 10n ** 9n, k: 10n ** 12n, M: 10n ** 15n, G: 10n ** 18n, T: 10n ** 21n, P: 10n ** 24n, E: 10n ** 27n };

function toNanos(quantity: string | number): bigint {
  const [, whole = '', fraction = '', suffix = ''] = /^[+]?([0-9]*)\.?([0-9]*)(.*)$/.exec(String(quantity)) ?? [];
  const digits = BigInt(whole + fraction);
  const scale = 10n ** BigInt(fraction.length);
  // What lies below a nano is rounded up, as Kubernetes does.
  return (digits * unitInNanos(suffix) + scale - 1n) / scale;
}

function unitInNanos(suffix: string): bigint {
  if (suffix.endsWith('i')) return oneInNanos * 1024n ** BigInt('KMGTPE'.indexOf(suffix.charAt(0)) + 1);
  const exponent = /^[eE]([+-]?[0-9]+)$/.exec(suffix)?.[1];
  if (exponent === undefined) return decimal[suffix] ?? oneInNanos;
  return 10n ** BigInt(Math.max(Number(exponent) + 9, 0));
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}
