import { setTimeout as sleep } from 'node:timers/promises';
import { type Bed, openBed, type Run, untilWaiting } from './bed.ts';
import { type Fault, type Plan, planOf } from './faults.ts';

/** How one run came out in which something went wrong. */
export interface Trial extends Plan {
  /** `status 3`, or the signal that killed it. */
  ended: string;
  /** What it left behind, which may be much. */
  before: string[];
  /** What was left when somebody had come after it: nothing. */
  after: string[];
  /** What the run printed, for whoever looks into it. */
  output: string;
}

/** Runs the whole program on stand-ins, lets it go wrong as the seed says, lets the one come after it that the seed names, and looks at what is left. */
export async function tryOut(seed: number): Promise<Trial> {
  const plan = planOf(seed);
  const bed = await openBed(plan.where);
  try {
    await arm(bed, plan.fault);
    const run = bed.start();
    hit(bed, run, plan.fault);
    await pursue(bed, run, plan.fault);
    const ended = await run.ended;
    const before = await bed.left();
    await disarm(bed, plan.fault);
    await bed.finish(plan.remedy);
    return { ...plan, ended, before, after: await bed.left(), output: run.output() };
  } finally {
    await bed.close();
  }
}

/** What is set before the run begins. */
async function arm({ programs, helm }: Bed, fault: Fault): Promise<void> {
  if (fault.what === 'killed in a command' && fault.command === 'kind create cluster') programs.fail('create cluster', fault.how);
  if (fault.what === 'killed in a command' && fault.command === 'helm upgrade') await helm.behave('hang');
  if (fault.what === 'command fails' && fault.command === 'helm') await helm.behave('fail');
  if (fault.what === 'command fails' && fault.how !== 'fail') programs.fail(fault.command, fault.how, fault.times);
}

/** Whatever it was is mended before somebody comes after. */
async function disarm({ programs, helm, onRequest }: Bed, fault: Fault): Promise<void> {
  onRequest(undefined);
  await helm.behave('well');
  if (fault.what === 'killed in a command') programs.mend('create cluster');
  if (fault.what === 'command fails') programs.mend(fault.command);
}

/** What happens at a point of the run by itself. */
function hit({ onRequest }: Bed, { process: child }: Run, fault: Fault): void {
  if (fault.what === 'killed') onRequest((_seen, _response, count) => count === fault.at && child.kill('SIGKILL'));
  if (fault.what !== 'API error') return;
  onRequest(({ method }, response, count) => {
    if (count < fault.at) return false;
    switch (fault.how) {
      case 'one answer is 500': return count === fault.at && refuse(response, 500, 'InternalError');
      case 'every answer is 503': return refuse(response, 503, 'ServiceUnavailable');
      case 'deleting is forbidden': return method === 'DELETE' && refuse(response, 403, 'Forbidden');
      case 'every connection is cut': return Boolean(response.destroy());
    }
  });
}

function refuse(response: Parameters<Parameters<Bed['onRequest']>[0] & object>[1], status: number, reason: string): true {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ kind: 'Status', status: 'Failure', reason, message: `the API server answers ${status}`, code: status }));
  return true;
}

/** A run that an error keeps for longer is cancelled as a user would. */
const patienceMs = 12_000;

/** Ends a run that is still there, in the way that belongs to its fault. */
async function pursue(bed: Bed, run: Run, fault: Fault): Promise<void> {
  const { process: child } = run;
  if (fault.what === 'killed in a command') {
    // What outlives the one who started it is at work.
    await until(run, () => isAtWork(bed, fault.command));
    child.kill('SIGKILL');
    return;
  }
  if (fault.what === 'killed') await Promise.race([run.ended, sleep(patienceMs, undefined, { ref: false })]);
  else await untilWaiting(bed.api, run, patienceMs);
  if (fault.what === 'killed in its clean-up') {
    bed.onRequest((_seen, _response, count) => count > fault.at && child.kill('SIGKILL'));
    child.kill('SIGINT');
    // Where the clean-up is one command, which makes no requests, it is killed in that.
    if (bed.where === 'kind') await until(run, () => bed.programs.calls('kind').some(({ args }) => args[0] === 'delete')).then(() => child.kill('SIGKILL'));
  } else await cancel(run);
}

/** As a runner cancels a job: SIGINT, seven and a half seconds later SIGTERM, two and a half later SIGKILL. */
async function cancel({ process: child, ended }: Run): Promise<void> {
  const timers = ([['SIGINT', 0], ['SIGTERM', 7_500], ['SIGKILL', 10_000]] as const).map(([signal, delay]) => setTimeout(() => child.kill(signal), delay));
  await ended;
  for (const timer of timers) clearTimeout(timer);
}

function isAtWork({ programs, helm }: Bed, command: string): boolean {
  return command === 'helm upgrade' ? helm.begun() : programs.calls('kind').some(({ args }) => args[0] === 'create');
}

async function until({ process: child }: Run, holds: () => boolean): Promise<void> {
  while (!holds() && child.exitCode === null && child.signalCode === null) await new Promise((resolve) => setTimeout(resolve, 10));
}
