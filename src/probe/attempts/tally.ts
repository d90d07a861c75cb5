import type { Answer, AttemptRequest, AttemptResult } from '../protocol.ts';
import type { Outcome } from './outcome.ts';

/** Gathers the outcomes of one request's attempts. */
export class Tally {
  readonly #key: number;
  #attempts = 0;
  readonly #answers: Answer[] = [];
  readonly #refusals: Record<string, number> = {};
  readonly #latencies: number[] = [];
  readonly #inOrder: boolean;
  #run = { workload: '', length: 0, longest: 0 };

  constructor({ key, connection }: AttemptRequest) {
    this.#key = key;
    this.#inOrder = connection === 'kept';
  }

  add(outcome: Outcome, latencyMs: number): void {
    this.#attempts += 1;
    if ('refusal' in outcome) {
      this.#refusals[outcome.refusal] = (this.#refusals[outcome.refusal] ?? 0) + 1;
      return;
    }
    this.#latencies.push(latencyMs);
    const { workload, pod, serviceAccount, port } = outcome.answer;
    const length = this.#run.workload === workload ? this.#run.length + 1 : 1;
    this.#run = { workload, length, longest: Math.max(this.#run.longest, length) };
    // A handful of servers at most: looking them through is faster than building a key.
    const same = this.#answers.find((one) => one.pod === pod && one.port === port && one.workload === workload && one.serviceAccount === serviceAccount);
    if (same === undefined) this.#answers.push({ workload, pod, serviceAccount, port, count: 1 });
    else same.count += 1;
  }

  result(): AttemptResult {
    const sorted = this.#latencies.sort((a, b) => a - b);
    const [p50, max] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted.at(-1)];
    return {
      key: this.#key,
      attempts: this.#attempts,
      answers: this.#answers,
      refusals: this.#refusals,
      ...(this.#inOrder ? { longestRun: this.#run.longest } : {}),
      ...(p50 === undefined || max === undefined ? {} : { latencyMs: { p50: rounded(p50), max: rounded(max) } }),
    };
  }
}

/** To the microsecond: more is noise. */
function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
