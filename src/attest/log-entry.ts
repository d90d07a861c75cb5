import type { TransparencyLogEntry, TrustedRoot } from '@sigstore/protobuf-specs';

/**
 * What is wrong with the parts of a log entry that the signatures of the log do not cover: they have to repeat what is covered, exactly.
 * Undefined where all is well; whether the log signed is for the verifying library to say, and this comes before it.
 */
export function entryProblem(entry: TransparencyLogEntry, logs: TrustedRoot['tlogs']): string | undefined {
  const { inclusionProof: proof, inclusionPromise: promise } = entry;
  if (proof?.checkpoint === undefined) return 'the log entry has no proof that it is in the log';
  // Logs of the second version promise nothing, so that no signature covers an entry's place and time.
  if (promise === undefined) return 'the log entry has no promise of the log, with its time';
  if (![entry.logIndex, entry.integratedTime, proof.logIndex, proof.treeSize].every((number) => /^(0|[1-9]\d*)$/.test(number))) return 'the log entry has a number that is none';
  const checkpoint = checkpointIn(proof.checkpoint.envelope);
  if (checkpoint === undefined) return 'the log\'s checkpoint is not of the form that is read: a note, and one signature, the log\'s';
  // The library takes the name for a pattern.
  const isKnown = logs.some(({ baseUrl, logId, checkpointKeyId }) => hostOf(baseUrl) === checkpoint.name && (checkpointKeyId ?? logId)?.keyId.subarray(0, 4).equals(checkpoint.hint));
  if (!isKnown) return `the checkpoint is signed by ${JSON.stringify(checkpoint.name)}, which is no log of the trusted root`;
  const repeats = checkpoint.size === proof.treeSize && checkpoint.rootHash.equals(proof.rootHash);
  return repeats ? undefined : 'the proof that the entry is in the log is not about the log\'s checkpoint';
}

interface Checkpoint {
  size: string;
  rootHash: Buffer;
  name: string;
  hint: Buffer;
}

function checkpointIn(envelope: string): Checkpoint | undefined {
  const [, note, name = '', text = ''] = /^([^]*?\n)\n\u2014 (\S+) (\S+)\n$/.exec(envelope) ?? [];
  const [, size, hash] = note?.split('\n') ?? [];
  const signature = Buffer.from(text, 'base64');
  if (size === undefined || hash === undefined || signature.toString('base64') !== text) return undefined;
  return { size, rootHash: Buffer.from(hash, 'base64'), name, hint: signature.subarray(0, 4) };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
