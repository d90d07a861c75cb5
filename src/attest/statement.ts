import { createHash } from 'node:crypto';
import { identityOf } from '../judge/index.ts';
import type { AssertionResult, Report } from '../model/report.ts';

export const statementType = 'https://in-toto.io/Statement/v1';
export const testResultType = 'https://in-toto.io/attestation/test-result/v0.1';
/** The name under which a report is a subject, wherever its file lies. */
export const reportName = 'report.json';

/** An in-toto Statement v1 with the test-result predicate v0.1. */
export interface Statement {
  _type: typeof statementType;
  /** The report, and the images of the mesh that it is about. */
  subject: Resource[];
  predicateType: typeof testResultType;
  predicate: TestResult;
}

export interface TestResult {
  result: 'PASSED' | 'WARNED' | 'FAILED';
  /** By name: `suite`, `added` where assertions were added to it, `action`, and in a workflow `workflow`. */
  configuration: Resource[];
  /** The run of the workflow. */
  url?: string;
  /** Results by their identity, such as `traffic-access/default-deny@v1alpha3`. */
  passedTests: string[];
  warnedTests: string[];
  failedTests: string[];
}

/** A resource descriptor of in-toto: what something is called, and a digest that holds it fast. */
export interface Resource {
  name: string;
  uri?: string;
  digest: Record<string, string>;
  downloadLocation?: string;
  annotations?: Record<string, string>;
}

/** The program that made a report. */
export interface ActionFacts {
  version: string;
  /** Of the folder that ran: `programDigest`. */
  digest: string;
  /** Where it comes from, as a workflow names it; absent on a terminal. */
  repository?: string;
  ref?: string;
}

/** The workflow that made a report, as GitHub says it. */
export interface WorkflowFacts {
  /** `https://github.com` */
  server: string;
  /** The repository that the run belongs to: `octo/mesh`. */
  repository: string;
  /** `octo/mesh/.github/workflows/conformance.yml@refs/heads/main` */
  workflowRef: string;
  /** The commit that the workflow's file was read from. */
  workflowSha: string;
  runId: string;
  runAttempt: string;
}

export interface StatementInput {
  /** The bytes of `report.json`, as they are on disk: everything that is said of the run is read from them. */
  report: Uint8Array;
  action: ActionFacts;
  workflow?: WorkflowFacts;
}

/** What is signed of a report. Pure: the same bytes and facts give the same statement. */
export function statementOf({ report: bytes, action, workflow }: StatementInput): Statement {
  const report = JSON.parse(new TextDecoder().decode(bytes)) as Report;
  return {
    _type: statementType,
    subject: subjectsOf(sha256(bytes), report),
    predicateType: testResultType,
    predicate: {
      configuration: [suiteOf(report), ...addedOf(report), actionOf(action), ...(workflow === undefined ? [] : [workflowOf(workflow)])],
      ...(workflow === undefined ? {} : { url: runUrlOf(workflow) }),
      ...outcomeOf(report),
    },
  };
}

/** The report by the SHA-256 of its bytes, and the mesh's images by the digests that were read from the cluster. */
export function subjectsOf(digest: string, { mesh }: Pick<Report, 'mesh'>): Resource[] {
  const images = mesh.images.map(({ image, digest: id, kind }): Resource => ({ name: image, digest: { sha256: id.replace(/^sha256:/, '') }, annotations: { kind } }));
  return [{ name: reportName, digest: { sha256: digest } }, ...images];
}

/**
 * The report in the words of the predicate. Who reads "no failed test" must not be misled, so what was not seen to hold counts as failed: an inconclusive or erroneous
 * result, and a run that is not complete. Assertions that were added to the suite are no tests of this statement. A reduced form that is declared, and a requirement that is none (`should`), warn. Skipped and informative results are in no list.
 */
export function outcomeOf({ result, assertions }: Pick<Report, 'result' | 'assertions'>): Pick<TestResult, 'result' | 'passedTests' | 'warnedTests' | 'failedTests'> {
  const named = (list: ReturnType<typeof listOf>): string[] => assertions.filter((one) => one.added !== true && listOf(one) === list).map(identityOf);
  const [passedTests, warnedTests, failedTests] = [named('passed'), named('warned'), named('failed')];
  const word = result === 'passed' && failedTests.length === 0 ? (warnedTests.length === 0 ? 'PASSED' : 'WARNED') : 'FAILED';
  return { result: word, passedTests, warnedTests, failedTests };
}

export function suiteOf({ suite }: Pick<Report, 'suite'>): Resource {
  return { name: 'suite', digest: { sha256: suite.digest }, annotations: { version: suite.version } };
}

/** The assertions that were added to the suite, where there are any. */
export function addedOf({ suite: { added } }: Pick<Report, 'suite'>): Resource[] {
  return added === undefined ? [] : [{ name: 'added', digest: { sha256: added.digest } }];
}

export function workflowOf({ server, workflowRef, workflowSha }: Pick<WorkflowFacts, 'server' | 'workflowRef' | 'workflowSha'>): Resource {
  return { name: 'workflow', uri: `${server}/${workflowRef}`, digest: { gitCommit: workflowSha } };
}

export function runUrlOf({ server, repository, runId, runAttempt }: Pick<WorkflowFacts, 'server' | 'repository' | 'runId' | 'runAttempt'>): string {
  return `${server}/${repository}/actions/runs/${runId}/attempts/${runAttempt}`;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function actionOf({ version, digest, repository, ref }: ActionFacts): Resource {
  const uri = repository === undefined ? {} : { uri: `git+https://github.com/${repository}${ref === undefined ? '' : `@${ref}`}` };
  // A workflow that names the action by its commit has said the best digest itself.
  const commit = ref !== undefined && /^[0-9a-f]{40}$/.test(ref) ? { gitCommit: ref } : {};
  return { name: 'action', ...uri, digest: { ...commit, dirHash: digest }, annotations: { version } };
}

function listOf({ level, verdict }: Pick<AssertionResult, 'level' | 'verdict'>): 'passed' | 'warned' | 'failed' | 'none' {
  switch (verdict) {
    case 'pass':
      return 'passed';
    case 'partial':
      return 'warned';
    case 'error':
      return 'failed';
    case 'fail':
    case 'inconclusive':
      return level === 'should' || level === 'info' ? 'warned' : 'failed';
    case 'skip':
    case 'info':
      return 'none';
  }
}
