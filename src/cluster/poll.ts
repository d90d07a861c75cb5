/** Delays between looks at something that is about to change, in milliseconds: at once, then sparser; the longer it takes, the less a look would gain. None is shorter than `least`. */
export function* pollDelays(least = 0): Generator<number, never> {
  for (const delay of [0, 50, 100, 200, 400]) if (delay >= least) yield delay;
  for (let look = 0; look < 12; look += 1) yield 400;
  for (;;) yield 900;
}
