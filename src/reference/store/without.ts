/** A copy of an object that lacks some of its fields. */
export function without<Fields extends object, Name extends keyof Fields>(fields: Fields, ...names: Name[]): Omit<Fields, Name> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !(names as PropertyKey[]).includes(name))) as Omit<Fields, Name>;
}
