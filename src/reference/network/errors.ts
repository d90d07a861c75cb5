import { Socket } from 'node:net';

const words: Record<string, string> = {
  ENOTFOUND: 'no such name on the network of the reference cluster',
  EHOSTUNREACH: 'no such address on the network of the reference cluster',
  ECONNREFUSED: 'nothing listens there on the network of the reference cluster',
  ECONNABORTED: 'the pod was taken from the network of the reference cluster',
  EADDRINUSE: 'another program of the pod listens there already',
};

/** An error as the system's own calls give it: `code`, `syscall`, address and port. */
export function networkError(code: keyof typeof words, syscall: string, host: string, port: number): NodeJS.ErrnoException {
  return Object.assign(new Error(`${syscall} ${code} ${host}:${port}: ${words[code]}`), { code, syscall, address: host, port, hostname: host });
}

/** A socket whose connection fails. */
export function failedSocket(error: Error): Socket {
  return new Socket().destroy(error);
}
