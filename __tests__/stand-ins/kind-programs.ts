import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Call, type Engine, type Fault, openEngine } from './docker-engine.ts';

/** Programs on a PATH of their own that stand in for docker, kind and minikube. */
export interface Programs {
  engine: Engine;
  /** For what starts them. */
  environment: NodeJS.ProcessEnv;
  /** Lets a command fail (`create cluster`, `minikube start`, `docker version`), so many times, or always. */
  fail(command: string, fault: Fault, times?: number): void;
  /** Takes such a fault away again. */
  mend(command: string): void;
  calls(program?: string): Call[];
  /** Takes one away. */
  uninstall(program: string): void;
  path(program: string): string;
}

/** Puts them into a folder. `images` are those that the engine has; `api` is where the API server of every cluster answers. */
export function installPrograms(folder: string, { api, images = [] }: { api: string; images?: readonly string[] }): Programs {
  const bin = join(folder, 'bin');
  const state = join(folder, 'engine');
  mkdirSync(bin, { recursive: true });
  const engine = openEngine(state);
  const faultFile = (command: string): string => join(state, `fault-${command.replaceAll(' ', '-')}`);
  writeFileSync(join(state, 'api'), api);
  writeFileSync(join(state, 'images'), images.join('\n'));
  for (const program of ['docker', 'kind', 'minikube']) {
    const path = join(bin, program);
    writeFileSync(path, `#!/bin/sh\nexec '${process.execPath}' '${join(import.meta.dirname, `${program}.ts`)}' '${state}' "$@"\n`);
    chmodSync(path, 0o755);
  }
  return {
    engine,
    environment: { PATH: `${bin}:/usr/bin:/bin`, HOME: folder, GITHUB_TOKEN: 'secret-of-the-job' },
    fail: (command, fault, times) => writeFileSync(faultFile(command), times === undefined ? fault : `${fault} ${times}`),
    mend: (command) => rmSync(faultFile(command), { force: true }),
    calls(program) {
      const path = join(state, 'calls');
      const all = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Call) : [];
      return program === undefined ? all : all.filter((call) => call.program === program);
    },
    uninstall: (program) => chmodSync(join(bin, program), 0o644),
    path: (program) => join(bin, program),
  };
}
