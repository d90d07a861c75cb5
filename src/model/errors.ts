export type ErrorCode =
  | 'BAD_INPUT' | 'UNKNOWN_MESH' | 'NO_SMI' | 'BAD_DEFINITION' | 'BAD_ASSERTION' | 'NOTHING_SELECTED'
  | 'NO_KUBECONFIG' | 'UNREACHABLE' | 'FORBIDDEN' | 'NO_SMI_DEFINITIONS' | 'NOT_SUPPORTED'
  | 'IMAGE_PULL' | 'POD_NOT_READY' | 'NO_BASELINE' | 'NOT_ENROLLED' | 'CLUSTER_LOST' | 'PROBE_LOST' | 'STILL_THERE' | 'API' | 'CANCELLED' | 'WRITE_FAILED'
  | 'COMMAND_FAILED' | 'NO_CLUSTER' | 'NO_DOCKER' | 'TOOL_UNAVAILABLE' | 'WRONG_CHECKSUM' | 'BOOT_FAILED' | 'INSTALL_FAILED'
  | 'UPLOAD_FAILED' | 'SIGNING_FAILED'
  | 'NOT_PUBLISHABLE' | 'PUBLISH_REFUSED' | 'PUBLISH_FAILED'
  | 'ARTIFACT_FAILED' | 'GITHUB_REFUSED' | 'GITHUB_FAILED' | 'NO_TRUSTED_ROOT';

/** Codes of mistakes that the caller can mend in the input; they end the process with status 2, all others with 3. */
const inputCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'BAD_INPUT', 'UNKNOWN_MESH', 'NO_SMI', 'BAD_DEFINITION', 'BAD_ASSERTION', 'NOTHING_SELECTED', 'NO_KUBECONFIG', 'NO_SMI_DEFINITIONS', 'NOT_SUPPORTED',
  'NO_CLUSTER',
]);

/** Every failure that this program foresees: what happened, to what, and what to do now. It is shown without a stack trace. */
export class ConformanceError extends Error {
  override readonly name = 'ConformanceError';
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
  /** True when a different input would help: exit status 2 instead of 3. */
  get isBadInput(): boolean {
    return inputCodes.has(this.code);
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
