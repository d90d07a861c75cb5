/** The part of `ws` that the port-forward and its tests use; the package brings no types. */
declare module 'ws' {
  import type { EventEmitter } from 'node:events';
  import type { ClientRequest, IncomingMessage } from 'node:http';
  import type { RequestOptions } from 'node:https';
  import type { Duplex } from 'node:stream';

  export type RawData = Buffer | ArrayBuffer | Buffer[];

  export interface ClientOptions extends RequestOptions {
    handshakeTimeout?: number;
    perMessageDeflate?: boolean;
  }

  interface Events {
    open: [];
    message: [data: RawData, isBinary: boolean];
    pong: [data: Buffer];
    close: [code: number, reason: Buffer];
    error: [error: Error];
    'unexpected-response': [request: ClientRequest, response: IncomingMessage];
  }

  export class WebSocket extends EventEmitter<Events> {
    static readonly CLOSED: number;
    readonly readyState: number;
    readonly isPaused: boolean;
    constructor(address: string | URL, protocols: string[], options?: ClientOptions);
    send(data: Buffer, options: { binary: boolean }, callback: (error?: Error) => void): void;
    ping(): void;
    pause(): void;
    resume(): void;
    close(code?: number): void;
    terminate(): void;
  }

  export class WebSocketServer {
    constructor(options: { noServer: true; handleProtocols?: (protocols: Set<string>) => string | false });
    handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer, callback: (socket: WebSocket) => void): void;
    close(): void;
  }
}
