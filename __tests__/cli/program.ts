import { afterAll, beforeAll } from '@jest/globals';
import { type Built, buildProgram } from './built.ts';
import { type Child, openChild } from './child.ts';

/** Builds the program once for the tests of a file, and gives them its command line in one folder; both are gone when they have ended. */
export function useProgram(): { program: Pick<Built, 'cli'>; cli: Pick<Child, 'folder' | 'run' | 'start'> } {
  let built: Built;
  let child: Child;
  beforeAll(async () => {
    built = await buildProgram();
    child = await openChild(built.cli);
  });
  afterAll(async () => {
    await child[Symbol.asyncDispose]();
    await built[Symbol.asyncDispose]();
  });
  return {
    program: { get cli() { return built.cli; } },
    cli: { get folder() { return child.folder; }, run: (...args) => child.run(...args), start: (...args) => child.start(...args) },
  };
}
