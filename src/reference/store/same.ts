/**
 * Whether two JSON values are equal, whatever the order of their fields; a field that is undefined is one that is not there.
 * Unlike `isDeepStrictEqual` it does not ask which prototype an object has, so that a copy equals its original wherever it was made.
 */
export function same(a: unknown, b: unknown): boolean {
  if (!isObject(a) || !isObject(b)) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const fields = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...fields].every((field) => same(a[field], b[field]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
