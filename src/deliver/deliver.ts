import { ConformanceError, messageOf } from '../model/errors.ts';
import type { MeshDefinition } from '../model/mesh.ts';
import type { Report } from '../model/report.ts';
import type { Changed } from '../report/difference.ts';
import { check } from './check.ts';
import { comment } from './comment.ts';
import { compare } from './compare.ts';
import { keepFiles } from './keep-files.ts';
import type { DeliveryPlan, Said } from './plan.ts';
import { publishResult } from './publish-result.ts';
import { signResult } from './sign-result.ts';
import { storeBundle } from './store-attestation.ts';
import { uploadResult } from './upload-result.ts';

export interface DeliverInput {
  plan: DeliveryPlan;
  report: Report;
  /** The folder that the run wrote. */
  directory: string;
  /** Paths of the files in it that the run wrote. */
  written: readonly string[];
  /** The status that the run ends with by its verdicts. */
  exitCode: number;
  /** The mesh's definition: it has the provider's name for the mesh. */
  definition(): Promise<MeshDefinition>;
  signal: AbortSignal;
  /** A line of what is under way. */
  log(line: string): void;
}

export interface Delivered {
  /** Paths of files that came beside the report. */
  files: { bundle?: string };
  /** By what the bundle is signed; absent where there is none. */
  signed?: 'keyless' | 'key';
  /** Id of the bundle with GitHub's attestations. */
  attestation?: string;
  /** The provider's id of the result. */
  uploadId?: string;
  /** Path of the report in the results branch. */
  published?: string;
  /** Name of the artifact that has the files of the run. */
  artifact?: string;
  /** Verdicts that are worse than in the baseline. */
  regressions: Changed[];
  /** The caller wants them to fail the run, and there are some. */
  regressed: boolean;
  said: Said[];
  /** What fails the run although its report is written. */
  error?: ConformanceError;
}

/** What the steps have to work with, and where they leave what came of them. */
export interface Delivery extends DeliverInput {
  delivered: Delivered;
  say(level: Said['level'], message: string): void;
}

/** Compares, signs, uploads, publishes, keeps and shows a result, in this order. Never rejects: what does not work is said, and the report stays where it is. */
export async function deliver(input: DeliverInput): Promise<Delivered> {
  const delivered: Delivered = { files: {}, regressions: [], regressed: false, said: [] };
  const delivery: Delivery = { ...input, delivered, say: (level, message) => void delivered.said.push({ level, message }) };
  for (const { step, what } of steps) {
    try {
      await step(delivery);
    } catch (error) {
      const known = error instanceof ConformanceError ? error : new ConformanceError('API', `The result was not ${what}: ${messageOf(error)}. The report stays in ${input.directory}.`, { cause: error });
      if (what === 'uploaded' && input.plan.upload.required) delivered.error = known;
      // What a job may not do at GitHub, nobody asked for by name.
      else delivery.say(known.code === 'GITHUB_REFUSED' ? 'info' : 'warning', known.message);
    }
  }
  return delivered;
}

/** The baseline is read before the result can become the newest of its branch; a result is signed before it goes anywhere, and what came of it is kept with it. */
const steps: { step: (delivery: Delivery) => Promise<void>; what: string }[] = [
  { step: compare, what: 'compared' },
  { step: signResult, what: 'signed' },
  { step: storeBundle, what: 'stored with GitHub\'s attestations' },
  { step: uploadResult, what: 'uploaded' },
  { step: publishResult, what: 'published' },
  { step: keepFiles, what: 'kept as an artifact' },
  { step: comment, what: 'shown on the pull request' },
  { step: check, what: 'shown as a check' },
];
