import { isDeepStrictEqual } from 'node:util';
import type { Report } from '../model/report.ts';
import type { Outcome } from './identity.ts';
import type { SignedBy } from './signature.ts';
import { addedOf, outcomeOf, reportName, type Resource, type Statement, statementType, subjectsOf, suiteOf, testResultType } from './statement.ts';

/** The statement in a signed payload, or why it is none that this program makes. */
export function statementIn(payload: Uint8Array): { statement: Statement } | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    return { problem: 'what is signed is not JSON' };
  }
  const { _type, predicateType, subject, predicate } = (value ?? {}) as Partial<Statement>;
  if (_type !== statementType) return { problem: `what is signed is no ${statementType}` };
  if (predicateType !== testResultType) return { problem: `what is signed says something else than the result of a test (${String(predicateType)})` };
  const sound = Array.isArray(subject) && subject.every(isResource) && Array.isArray(predicate?.configuration) && predicate.configuration.every(isResource);
  return sound ? { statement: value as Statement } : { problem: 'what is signed names no subjects, or no configuration' };
}

/** Whether the statement is about the very bytes that have this SHA-256. */
export function checkDigest({ subject }: Statement, actual: string): Outcome {
  const stated = subject.find(({ name }) => name === reportName)?.digest['sha256'];
  if (stated === actual) return { ok: true, detail: `sha256:${actual}` };
  return { ok: false, detail: `the file is sha256:${actual}, and signed is ${stated === undefined ? 'no report' : `sha256:${stated}`}: it is another report, or one that was changed` };
}

/** Whether the statement says of the report what the report says, and of the workflow what its certificate says. */
export function checkStatement({ subject, predicate }: Statement, { report, digest, by }: { report: Report; digest: string; by: SignedBy }): Outcome {
  const { configuration, url, ...outcome } = predicate;
  const named = (name: string): Resource | undefined => configuration.find((one) => one.name === name);
  const workflow = named('workflow');
  const differing = [
    ...(isDeepStrictEqual(subject, subjectsOf(digest, report)) ? [] : ['its subjects (the report and the images of the mesh)']),
    ...(isDeepStrictEqual(outcome, outcomeOf(report)) ? [] : ['its result']),
    ...(isDeepStrictEqual(named('suite'), suiteOf(report)) ? [] : ['the suite']),
    ...(isDeepStrictEqual(named('added'), addedOf(report)[0]) ? [] : ['what was added to the suite']),
    ...(named('action') === undefined ? ['the program'] : []),
    ...(by.kind === 'workflow' && !isRunOf(by, workflow, url) ? ['the workflow, of which the certificate says something else'] : []),
  ];
  if (differing.length > 0) return { ok: false, detail: `the statement does not fit the report in ${differing.join(', ')}` };
  return { ok: true, detail: `${predicate.result}${url === undefined ? '' : `, ${url}`}` };
}

function isRunOf({ identity }: Extract<SignedBy, { kind: 'workflow' }>, workflow: Resource | undefined, url: string | undefined): boolean {
  return workflow?.uri === identity.workflow && workflow.digest['gitCommit'] === identity.workflowSha && url === identity.run;
}

function isResource(value: unknown): value is Resource {
  const { name, digest } = (value ?? {}) as Partial<Resource>;
  return typeof name === 'string' && typeof digest === 'object' && digest !== null;
}
