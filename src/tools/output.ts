import { StringDecoder } from 'node:string_decoder';
import { stripVTControlCharacters } from 'node:util';

/** More than this of one stream is more than any of the programs has to say. */
export const outputLimit = 16 * 1024 * 1024;
/** A line that is longer is handed on in pieces. */
const lineLimit = 64 * 1024;
const tailLines = 20;
const tailLength = 2_000;

/** What a program prints, as it comes. */
export interface Output {
  /** Takes what came on a stream; false where that is more than `outputLimit`. */
  take(stream: 'stdout' | 'stderr', chunk: Buffer): boolean;
  /** Hands on the last line, which may have no end. */
  end(): void;
  stdout(): string;
  stderr(): string;
  /** The last lines of both streams, in the order in which they came, for a message. */
  tail(): string;
}

/** Keeps what a program prints, and hands on each whole line without the characters that control a terminal. */
export function createOutput(log: (line: string) => void): Output {
  const last: string[] = [];
  const streams = { stdout: createStream(tell), stderr: createStream(tell) };

  function tell(raw: string): void {
    const line = stripVTControlCharacters(raw).trimEnd();
    if (line === '') return;
    last.push(line);
    if (last.length > tailLines) last.shift();
    log(line);
  }

  return {
    take: (stream, chunk) => streams[stream].take(chunk),
    end() {
      streams.stdout.end();
      streams.stderr.end();
    },
    stdout: () => streams.stdout.text(),
    stderr: () => streams.stderr.text(),
    tail: () => last.join('\n').slice(-tailLength),
  };
}

function createStream(tell: (line: string) => void): { take(chunk: Buffer): boolean; end(): void; text(): string } {
  const decoder = new StringDecoder('utf8');
  const parts: string[] = [];
  let size = 0;
  let begun = '';
  return {
    take(chunk) {
      size += chunk.length;
      if (size > outputLimit) return false;
      const text = decoder.write(chunk);
      parts.push(text);
      // A progress bar redraws its line by a carriage return.
      const lines = (begun + text).split(/\r\n|[\n\r]/);
      begun = lines.pop() ?? '';
      lines.forEach(tell);
      if (begun.length > lineLimit) {
        tell(begun);
        begun = '';
      }
      return true;
    },
    end() {
      tell(begun);
      begun = '';
    },
    text: () => parts.join(''),
  };
}
