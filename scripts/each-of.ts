/** Does work for each of some things, so many at once, in their order. Rejects with the first failure. */
export async function eachOf<T>(things: readonly T[], atOnce: number, work: (thing: T) => Promise<void>): Promise<void> {
  const waiting = things.values();
  // All of them take from the same, so each thing is taken once.
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (const thing of waiting) await work(thing);
  }));
}
