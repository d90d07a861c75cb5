import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, extname, join } from 'node:path';

/** The browser of this machine; undefined where there is none. */
export function findChromium(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  return (process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name))).find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

export interface View {
  width?: number;
  dark?: boolean;
  javascript?: boolean;
}

export interface Tab {
  open(url: string, view?: View): Promise<void>;
  /** The value of an expression in the page; a promise is awaited. */
  evaluate<T>(expression: string): Promise<T>;
  press(key: 'Tab' | 'Enter'): Promise<void>;
  /** Addresses that the page asked for since it was opened. */
  requests: string[];
  /** What the browser complained of, dialogs included. */
  complaints: string[];
}

export interface Browser {
  tab: Tab;
  [Symbol.asyncDispose](): Promise<void>;
}

interface Message {
  id?: number;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
  error?: { message: string };
}

/** Starts a real browser without a window, and speaks the DevTools protocol with it. */
export async function openBrowser(program: string): Promise<Browser> {
  const folder = await mkdtemp(join(tmpdir(), 'smi-browser-'));
  const child = spawn(program, ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--remote-debugging-port=0', `--user-data-dir=${folder}`, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.once('error', reject).once('close', () => reject(new Error(`the browser ended: ${said}`)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', () => reject(new Error(`the browser does not answer at ${address}`)), { once: true });
  });
  const tab = await openTab(socket);
  return {
    tab,
    async [Symbol.asyncDispose]() {
      socket.close();
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function openTab(socket: WebSocket): Promise<Tab> {
  let last = 0;
  const waiting = new Map<number, { resolve(result: Record<string, unknown>): void; reject(error: Error): void }>();
  const listeners = new Map<string, (params: Record<string, unknown>) => void>();
  const requests: string[] = [];
  const complaints: string[] = [];
  const attached: { sessionId?: string } = {};

  socket.addEventListener('message', ({ data }) => {
    const { id, method, params = {}, result = {}, error } = JSON.parse(String(data)) as Message;
    if (id !== undefined) {
      if (error) waiting.get(id)?.reject(new Error(error.message));
      else waiting.get(id)?.resolve(result);
      waiting.delete(id);
    }
    if (method === 'Network.requestWillBeSent') requests.push((params['request'] as { url: string }).url);
    if (method === 'Log.entryAdded') complaints.push((params['entry'] as { text: string }).text);
    if (method === 'Runtime.exceptionThrown') complaints.push(JSON.stringify(params['exceptionDetails']));
    if (method === 'Page.javascriptDialogOpening') {
      complaints.push(`dialog: ${String(params['message'])}`);
      void send('Page.handleJavaScriptDialog', { accept: true });
    }
    if (method !== undefined) listeners.get(method)?.(params);
  });

  function send(method: string, params: object = {}): Promise<Record<string, unknown>> {
    const id = ++last;
    socket.send(JSON.stringify({ id, method, params, ...attached }));
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  }

  async function load(url: string): Promise<void> {
    const loaded = new Promise<void>((resolve) => listeners.set('Page.loadEventFired', () => resolve()));
    await send('Page.navigate', { url });
    await loaded;
  }

  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  Object.assign(attached, await send('Target.attachToTarget', { targetId, flatten: true }));
  for (const domain of ['Page', 'Network', 'Log', 'Runtime']) await send(`${domain}.enable`);

  return {
    requests,
    complaints,
    async open(url, { width = 1280, dark = false, javascript = true } = {}) {
      await send('Emulation.setDeviceMetricsOverride', { width, height: 900, deviceScaleFactor: 1, mobile: width < 600 });
      await send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }] });
      await send('Emulation.setScriptExecutionDisabled', { value: !javascript });
      // Whatever was loaded before is not of this page.
      await load('about:blank');
      requests.length = 0;
      complaints.length = 0;
      await load(url);
    },
    async evaluate<T>(expression: string): Promise<T> {
      const { result, exceptionDetails } = (await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })) as { result: { value: T }; exceptionDetails?: { text: string; exception?: { description?: string } } };
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
    async press(key) {
      const code = key === 'Tab' ? 9 : 13;
      await send('Input.dispatchKeyEvent', { type: 'keyDown', key, code: key, windowsVirtualKeyCode: code, ...(key === 'Enter' && { text: '\r' }) });
      await send('Input.dispatchKeyEvent', { type: 'keyUp', key, code: key, windowsVirtualKeyCode: code });
    },
  };
}

const types: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.yaml': 'application/yaml' };

/** A folder as any plain web server shows it, below a path, as GitHub Pages has it. */
export async function serve(folder: string): Promise<{ url: string; [Symbol.asyncDispose](): Promise<void> }> {
  const base = '/some-repository/';
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const inside = path.startsWith(base) && !path.includes('..');
    readFile(join(folder, inside ? path.slice(base.length) : 'nothing'))
      .then((body) => response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(body))
      .catch(() => response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
