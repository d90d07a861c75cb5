import type { Environment, Outcome } from '../conformance.ts';
import type { Said } from '../deliver/index.ts';
import type { RunRequest } from '../model/request.ts';
import type { Prepared } from './delivery.ts';

/** How a run ended, and what is to be said of its result beside that. */
export interface CarriedOut {
  outcome: Outcome;
  said: Said[];
}

/** Runs the use case with what was prepared for its result, and ends the stream of its events. */
export async function carryOut(request: RunRequest, { plan, stream }: Prepared, environment: Environment): Promise<CarriedOut> {
  const { conform } = await import('../conformance.ts');
  const sinks = stream === undefined ? environment.sinks : [...environment.sinks, stream.sink];
  const outcome = await conform(request, { ...environment, sinks, delivery: plan });
  const said = outcome.delivered?.said ?? [];
  if (stream === undefined) return { outcome, said };
  const { streamTrouble } = await import('../stream/index.ts');
  const trouble = streamTrouble(await stream.close());
  return { outcome, said: trouble === undefined ? said : [...said, { level: 'warning', message: trouble }] };
}
