/** Runs two works side by side and resolves with what both give. The first to fail stops the other, is waited for no less, and its error is the one that counts. */
export async function sideBySide<A, B>(signal: AbortSignal, one: (signal: AbortSignal) => Promise<A>, other: (signal: AbortSignal) => Promise<B>): Promise<[A, B]> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  let first: { reason: unknown } | undefined;
  const watched = async <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    try {
      return await work(either);
    } catch (reason) {
      first ??= { reason };
      failed.abort('a failure beside it');
      throw reason;
    }
  };
  const [a, b] = await Promise.allSettled([watched(one), watched(other)]);
  if (a.status === 'fulfilled' && b.status === 'fulfilled') return [a.value, b.value];
  throw first?.reason;
}
