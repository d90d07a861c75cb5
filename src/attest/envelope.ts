/** What a DSSE envelope with an in-toto statement says that it holds. */
export const payloadType = 'application/vnd.in-toto+json';

/** What DSSE signs: the type and the payload, each with its length, so that neither can pass for a part of the other. */
export function preAuthEncoding(type: string, payload: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `), payload]);
}
