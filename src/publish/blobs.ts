import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { ConformanceError } from '../model/errors.ts';

/** Reads files of a repository by their ids. */
export interface Blobs {
  /** Rejects with CLOSED reads, and where git ends early. */
  read(id: string): Promise<Uint8Array>;
  close(): Promise<void>;
}

interface Waiting {
  id: string;
  resolve(bytes: Uint8Array): void;
  reject(error: Error): void;
}

/** One `git cat-file --batch` for all reads: a process for each of ten thousand files would take minutes. It starts with the first read. */
export function openBlobs(repository: string, environment: NodeJS.ProcessEnv): Blobs {
  const waiting: Waiting[] = [];
  let child: ChildProcessWithoutNullStreams | undefined;
  let closed = false;
  let chunks: Buffer[] = [];
  let length = 0;
  let wanted = 0;

  function start(): ChildProcessWithoutNullStreams {
    const started = spawn('git', ['--git-dir', repository, '-c', 'safe.directory=*', 'cat-file', '--batch'], { env: { PATH: environment['PATH'], HOME: environment['HOME'], LC_ALL: 'C', GIT_NO_LAZY_FETCH: '1' } });
    started.stdout.on('data', take);
    started.stderr.resume();
    started.stdin.on('error', () => undefined);
    started.on('error', fail);
    started.on('close', () => fail(new Error('git cat-file ended')));
    return started;
  }

  function fail(cause: Error): void {
    for (const { id, reject } of waiting.splice(0)) reject(new ConformanceError('BAD_INPUT', `The file ${id} of ${repository} cannot be read. Clone the repository again, whole.`, { cause }));
  }

  function take(chunk: Buffer): void {
    chunks.push(chunk);
    length += chunk.length;
    // Large files come in many chunks: they are joined once, when all of it is there.
    while (length > 0 && length >= wanted && answerOne()) wanted = 0;
  }

  /** Hands on the first answer, `<id> blob <size>\n<contents>\n`, if the whole of it is there. */
  function answerOne(): boolean {
    const all = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
    chunks = [all];
    const end = all.indexOf(10);
    if (end < 0) return false;
    const [, kind, size] = all.toString('latin1', 0, end).split(' ');
    const contents = kind === 'blob' ? Number(size) : -1;
    wanted = end + 1 + contents + 1;
    if (length < wanted) return false;
    const one = waiting.shift();
    if (contents < 0) one?.reject(new ConformanceError('BAD_INPUT', `The file ${one.id} of ${repository} is missing there. Clone the repository again, whole.`));
    else one?.resolve(Buffer.from(all.subarray(end + 1, end + 1 + contents)));
    chunks = [all.subarray(wanted)];
    length -= wanted;
    return true;
  }

  return {
    read: (id) => new Promise((resolve, reject) => {
      if (closed) return reject(new ConformanceError('BAD_INPUT', 'The runs were closed before all of them were read.'));
      waiting.push({ id, resolve, reject });
      child ??= start();
      child.stdin.write(`${id}\n`);
    }),
    async close() {
      closed = true;
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'close');
      child.stdin.end();
      await ended;
    },
  };
}
