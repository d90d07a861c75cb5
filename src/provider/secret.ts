import { inspect } from 'node:util';

const hidden = '[hidden]';

/** A text that nobody may read by accident: printed, inspected, serialised, joined or thrown it is `[hidden]`; only `reveal` gives it. */
export class Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  /** The text itself, for the one place that sends it. */
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return hidden;
  }
  toJSON(): string {
    return hidden;
  }
  [Symbol.toPrimitive](): string {
    return hidden;
  }
  [inspect.custom](): string {
    return hidden;
  }
}

/**
 * Takes a secret out of an environment: it is gone from there afterwards, so that neither a program that is started later nor a
 * diagnostic report of this one shows it. Undefined where there is none; white space around it, as a file or a shell adds it, is no part of it.
 */
export function takeSecret(environment: NodeJS.ProcessEnv, name: string): Secret | undefined {
  const value = environment[name]?.trim();
  delete environment[name];
  return value ? new Secret(value) : undefined;
}
