import { ApiError } from '../cluster/port.ts';
import type { Assertion, Step } from '../model/assertion.ts';
import { ConformanceError, messageOf } from '../model/errors.ts';
import type { RawObservation, StepObservation } from '../model/observation.ts';
import type { Version } from '../model/specification.ts';
import { judgeStep } from '../judge/index.ts';
import { isOfAbsence } from './absence.ts';
import type { RunContext } from './context.ts';
import { observeStep } from './steps/observe.ts';
import { holdStep, releaseStep } from './steps/hold.ts';
import { measureStep } from './steps/measure.ts';
import { alwaysStep, eventuallyStep, recordStep, sampleStep, throughoutStep } from './steps/traffic.ts';
import { restartStep, scaleStep, startStep } from './steps/workloads.ts';
import { applyStep, deleteStep, patchStep, rejectedStep, tryStep } from './steps/write.ts';
import { CannotExpress, type Workspace } from './workspace.ts';

/**
 * Runs an assertion's steps until one does not hold, and returns what was seen. What went wrong in the harness is `errored`, with its code;
 * only a cancel is thrown.
 */
export async function execute(assertion: Assertion, version: Version, workspace: Workspace | undefined, context: RunContext): Promise<RawObservation> {
  const steps: StepObservation[] = [];
  try {
    for (const step of assertion.steps) {
      const observed = await run(step, version, workspace, context);
      steps.push(observed);
      if (judgeStep(step, observed).outcome !== 'held') break;
    }
    return { outcome: 'observed', steps };
  } catch (error) {
    if (error instanceof CannotExpress) return { outcome: 'skipped', reason: error.message };
    if (error instanceof ConformanceError && error.code === 'CANCELLED') throw error;
    return { outcome: 'errored', code: codeOf(error), reason: messageOf(error), steps };
  }
}

function run(step: Step, version: Version, workspace: Workspace | undefined, context: RunContext): Promise<StepObservation> {
  if ('observe' in step) return observeStep(step.observe, version, workspace, context);
  if ('measure' in step) return measureStep(step.measure, step.otherwise, workspace, context);
  if (workspace === undefined) throw new ConformanceError('BAD_ASSERTION', 'an assertion without a fixture can only observe definitions');
  if ('apply' in step) return applyStep(step.apply, workspace, context);
  if ('patch' in step) return patchStep(step.patch, workspace, context);
  if ('delete' in step) return deleteStep(step.delete, workspace, context);
  if ('try' in step) return tryStep(step.try, workspace, context);
  if ('rejected' in step) return rejectedStep(step.rejected, step.otherwise, workspace, context);
  if ('eventually' in step) return eventuallyStep(step.eventually, step.otherwise, workspace, context);
  if ('always' in step) return alwaysStep(step.always, step.otherwise, workspace, context);
  if ('throughout' in step) return throughoutStep(step.throughout, workspace, context);
  if ('record' in step) return recordStep(step.record, workspace, context);
  if ('start' in step) return startStep(step.start, workspace, context);
  if ('restart' in step) return restartStep(step.restart, workspace, context);
  if ('scale' in step) return scaleStep(step.scale, workspace, context);
  if ('hold' in step) return holdStep(step.hold, workspace, context);
  if ('release' in step) return releaseStep(step.release, workspace, context);
  return sampleStep(step.sample, workspace, context);
}

/** A lost API server or probe is told from all else: the lane, or the run, may have to be given up. Defects of this program are errors too, never verdicts. */
export function codeOf(error: unknown): string {
  if (isOfAbsence(error)) return 'CLUSTER_LOST';
  if (error instanceof ConformanceError) return error.code;
  if (error instanceof ApiError) return 'API';
  return 'INTERNAL';
}
