import type { Writable } from 'node:stream';

/** Where a command writes to, and what it knows of its surroundings. */
export interface Terminal {
  /** The result of the command; nothing else goes there. Whole texts; the line end is added where it is missing. */
  out: (text: string) => void;
  /** Progress, warnings and errors. */
  tell: (text: string) => void;
  /** Whether what goes to stdout may be coloured, and what goes to stderr. */
  colour: boolean;
  progressColour: boolean;
  /** Columns of a line on stdout. */
  width: number;
  /** Where relative paths begin. */
  directory: string;
  home: string;
  environment: NodeJS.ProcessEnv;
}

type Stream = Pick<Writable, 'write' | 'on'> & { isTTY?: boolean; columns?: number };

/** A terminal on the streams of a process. A reader that goes away early (`| head`) ends the output, not the program. */
export function createTerminal(streams: { stdout: Stream; stderr: Stream }, place: Pick<Terminal, 'directory' | 'home' | 'environment'>): Terminal {
  const { environment } = place;
  const coloured = (stream: Stream): boolean => stream.isTTY === true && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb';
  return {
    out: lineWriter(streams.stdout),
    tell: lineWriter(streams.stderr),
    colour: coloured(streams.stdout),
    progressColour: coloured(streams.stderr),
    width: streams.stdout.columns ?? usualWidth,
    ...place,
  };
}

/** Where stdout is no terminal. */
const usualWidth = 100;

function lineWriter(stream: Stream): (text: string) => void {
  let open = true;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    open = false;
  });
  return (text) => {
    if (open) stream.write(text.endsWith('\n') ? text : `${text}\n`);
  };
}
