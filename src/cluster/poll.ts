/** Delays between looks at something that is about to change, in milliseconds: at once, then sparser, at most one second apart. */
export function* pollDelays(): Generator<number, never> {
  for (const delay of [0, 50, 100, 200, 400]) yield delay;
  for (;;) yield 800;
}
