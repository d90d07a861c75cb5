import type { Traffic } from '../../src/model/assertion.ts';
import type { Expected, Look, Seen } from '../../src/model/observation.ts';

/** What was seen of one kind of traffic: as many attempts as have an outcome, and every answer in the record of its server. */
export function seen(traffic: Traffic, expected: Expected, answers: Record<string, number>, refusals: Record<string, number> = {}, more: Partial<Seen> = {}): Seen {
  const attempts = [...Object.values(answers), ...Object.values(refusals)].reduce((sum, count) => sum + count, 0);
  return { traffic, expected, attempts, answers, answersByPort: {}, refusals, reached: answers, ...(expected.outcome === 'denied' ? { alive: true } : {}), ...more };
}

export function look(list: Seen[], holds: boolean, purpose: Look['purpose'] = 'measure'): Look {
  return { purpose, at: 21_400, durationMs: 312, seen: list, holds };
}
