/** Lets those who wait look again whether what they wait for has come. */
export interface Bell {
  /** Resolves when it is rung next. */
  rung(): Promise<void>;
  /** Wakes everyone who waits. */
  ring(): void;
}

export function createBell(): Bell {
  let next = Promise.withResolvers<void>();
  return {
    rung: () => next.promise,
    ring() {
      next.resolve();
      next = Promise.withResolvers<void>();
    },
  };
}
