/**
 * Whether a time-stamp response (RFC 3161) is made of nothing but the parts that its signature covers, or that are compared with the authority's certificate, in
 * the one frame that they can have. Whether they hold is for the verifying library to say; it reads a frame without looking at it closely.
 */
export function isExactToken(response: Buffer): boolean {
  try {
    return rebuilt(response).equals(response);
  } catch (error) {
    if (error instanceof NotToken) return false;
    throw error;
  }
}

const oids = { signedData: '06092a864886f70d010702', tstInfo: '060b2a864886f70d0109100104' };

/** ECDSA with SHA-256, SHA-384 or SHA-512. One that the library does not know it takes for the usual one of the key. */
const signatureAlgorithms = ['2a8648ce3d040302', '2a8648ce3d040303', '2a8648ce3d040304'];

/** PKIStatusInfo "granted", and a SignedData of version 3 with one signer. The authorities write an empty list of certificates: none are asked for. */
function rebuilt(response: Buffer): Buffer {
  const [, token] = childrenOf(only(response, 0x30));
  const [, content] = childrenOf(token);
  const signedData = childrenOf(childrenOf(content)[0]);
  const [, tstInfo] = childrenOf(signedData[2]);
  const certificates = signedData.length > 4 ? der(0xa0, Buffer.alloc(0)) : Buffer.alloc(0);
  const [, sid, digest, attributes, algorithm, signature] = childrenOf(childrenOf(signedData.at(-1))[0]);
  const [issuer, serial] = childrenOf(sid);
  const digestAlgorithm = algorithmOf(digest);
  if (!signatureAlgorithms.includes(valueOf(childrenOf(algorithm)[0]).toString('hex'))) throw new NotToken();
  const signer = sequence(
    integer(1), sequence(der(0x30, valueOf(issuer)), der(0x02, valueOf(serial))), digestAlgorithm, der(0xa0, valueOf(attributes)), algorithmOf(algorithm), der(0x04, valueOf(signature)),
  );
  const encapsulated = sequence(Buffer.from(oids.tstInfo, 'hex'), der(0xa0, der(0x04, valueOf(childrenOf(tstInfo)[0]))));
  const data = sequence(integer(3), der(0x31, digestAlgorithm), encapsulated, certificates, der(0x31, signer));
  return sequence(sequence(integer(0)), sequence(Buffer.from(oids.signedData, 'hex'), der(0xa0, data)));
}

/** It is no such token. */
class NotToken extends Error {}

interface Element {
  tag: number;
  value: Buffer;
}

/** The algorithms in question have no parameters, or none that say anything. */
function algorithmOf(element: Element | undefined): Buffer {
  const [oid, parameters] = childrenOf(element);
  return sequence(der(0x06, valueOf(oid)), parameters === undefined ? Buffer.alloc(0) : der(0x05, Buffer.alloc(0)));
}

function only(bytes: Buffer, tag: number): Element {
  const [first, second] = elementsIn(bytes);
  if (first?.tag !== tag || second !== undefined) throw new NotToken();
  return first;
}

function childrenOf(element: Element | undefined): Element[] {
  return elementsIn(valueOf(element));
}

function valueOf(element: Element | undefined): Buffer {
  if (element === undefined) throw new NotToken();
  return element.value;
}

function elementsIn(bytes: Buffer): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at + 1] ?? 0xff;
    const extra = first < 0x80 ? 0 : first & 0x7f;
    const start = at + 2 + extra;
    if (extra > 4 || start > bytes.length) throw new NotToken();
    const length = extra === 0 ? first : bytes.readUIntBE(at + 2, extra);
    if (start + length > bytes.length) throw new NotToken();
    found.push({ tag: bytes[at] ?? 0, value: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return found;
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function integer(value: number): Buffer {
  return der(0x02, Buffer.from([value]));
}

function der(tag: number, value: Buffer): Buffer {
  const { length } = value;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), value]);
}
