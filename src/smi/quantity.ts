/** A Kubernetes quantity as an exact fraction of whole numbers. */
interface Fraction {
  over: bigint;
  under: bigint;
}

const pattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d{1,3}))?$/;
const decimalExponents: Record<string, number> = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const binaryExponents: Record<string, number> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };

/** Whether two values are quantities of the same size: 1, '1' and '1000m' are. False where either is no quantity. */
export function sameQuantity(left: unknown, right: unknown): boolean {
  const [first, second] = [fractionOf(left), fractionOf(right)];
  return first !== undefined && second !== undefined && first.over * second.under === second.over * first.under;
}

/** Quantities as the smallest whole numbers in the same ratio: '1' and '500m' are 2 and 1. Undefined where one is no quantity, or none is above 0. */
export function wholeNumbers(values: readonly unknown[]): number[] | undefined {
  const fractions = values.map(fractionOf);
  if (!fractions.every((one) => one !== undefined)) return undefined;
  const under = fractions.reduce((product, one) => product * one.under, 1n);
  const overs = fractions.map((one) => (one.over * under) / one.under);
  const divisor = overs.reduce(greatestCommonDivisor, 0n);
  return divisor === 0n ? undefined : overs.map((over) => Number(over / divisor));
}

/** Whether a value is a quantity that bears a unit: '500m' is one, '500' and '50%' are none. */
export function hasUnit(value: unknown): boolean {
  return typeof value === 'string' && /[A-Za-z]$/.test(value) && fractionOf(value) !== undefined;
}

function greatestCommonDivisor(one: bigint, other: bigint): bigint {
  return other === 0n ? (one < 0n ? -one : one) : greatestCommonDivisor(other, one % other);
}

function fractionOf(value: unknown): Fraction | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const [, sign, whole = '', decimals = '', suffix = '', exponent = '0'] = pattern.exec(String(value)) ?? [];
  if (whole + decimals === '') return undefined;
  const digits = BigInt(`${sign === '-' ? '-' : ''}${whole}${decimals}`);
  const tens = (decimalExponents[suffix] ?? 0) + Number(exponent) - decimals.length;
  const twos = binaryExponents[suffix] ?? 0;
  return { over: digits * 10n ** BigInt(Math.max(tens, 0)) * 2n ** BigInt(twos), under: 10n ** BigInt(Math.max(-tens, 0)) };
}
