/** The parts of an answer's head that matter here. Values of repeated headers are joined by ', '. */
export interface AnswerHead {
  status: number;
  headers: Map<string, string>;
}

const statusLine = /^HTTP\/1\.[01] ([1-9]\d\d)(?: |$)/;

/** Reads status line and headers; names come out in lower case. */
export function parseHead(text: string): AnswerHead {
  const [first = '', ...lines] = text.split('\r\n');
  const status = statusLine.exec(first)?.[1];
  if (status === undefined) throw new MalformedAnswer('malformed HTTP answer');
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    // No name, or a continuation line, which RFC 9112 (5.2) bans: what follows could be read two ways.
    if (colon < 1 || line.charCodeAt(0) <= 0x20) throw new MalformedAnswer('malformed HTTP answer');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return { status: Number(status), headers };
}

/** Thrown by the parsers for what is not HTTP/1.1; the message is the name of the refusal. */
export class MalformedAnswer extends Error {}
