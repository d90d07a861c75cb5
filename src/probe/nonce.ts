/** Header of a request, and of its answer, that carries the nonce. */
export const nonceHeader = 'x-smi-nonce';

/** Headers by which the sender of a nonce has the application answer with a failure, and take its time, in milliseconds. */
export const answerHeader = 'x-smi-answer';
export const delayHeader = 'x-smi-delay';

/** The key of the requests that a probe sends to itself: they show that its record is being kept, and are no part of it. */
export const sentinelKey = -1;

export interface Nonce {
  batch: string;
  key: number;
}

const form = /^([A-Za-z0-9_-]{1,128})\.(-?\d{1,9})\.\d{1,9}$/;

/** Reads `<batch>.<key>.<i>`; undefined for anything else, which is then neither recorded nor echoed (a kubelet's health check has no nonce). */
export function parseNonce(text: string): Nonce | undefined {
  const match = form.exec(text);
  return match === null ? undefined : { batch: match[1] ?? '', key: Number(match[2]) };
}

/** The nonce of one attempt. */
export function formatNonce(batch: string, key: number, attempt: number): string {
  return `${batch}.${key}.${attempt}`;
}
