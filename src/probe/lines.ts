import type { Duplex } from 'node:stream';

/** The longest line that either side takes, in characters: a batch with every header it may have is far below. */
const maxLine = 4 * 1024 * 1024;

/** Calls back for each line of a stream, without its newline. A line beyond bounds destroys the stream with an error. */
export function onLines(stream: Duplex, take: (line: string) => void): void {
  let held: string[] = [];
  let length = 0;
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      held.push(text.slice(start, end));
      const line = held.length === 1 ? (held[0] ?? '') : held.join('');
      held = [];
      length = 0;
      start = end + 1;
      take(line);
    }
    if (start === text.length) return;
    held.push(text.slice(start));
    length += text.length - start;
    if (length > maxLine) stream.destroy(new Error(`A line of more than ${maxLine} characters came; this is not the probe's protocol.`));
  });
}
