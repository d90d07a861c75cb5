/** A queue that never grows beyond its limit: the oldest entries make room for new ones. */
export interface Queue<T> {
  push(entry: T): void;
  /** Takes the oldest entry out. */
  take(): T | undefined;
}

export function createQueue<T>(limit: number): Queue<T> {
  const entries: T[] = [];
  return {
    push(entry) {
      entries.push(entry);
      if (entries.length > limit) entries.shift();
    },
    take: () => entries.shift(),
  };
}
