import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure, median } from './process.ts';

export interface DoorFigures {
  mainMs: number;
  emptyMs: number;
  ratio: number;
}

const rounds = 15;

/** How long the action takes to start and refuse a bad input, against an empty script; measured in turns, so that both see the same machine. */
export async function mainOf(root: string): Promise<DoorFigures> {
  const directory = await mkdtemp(join(tmpdir(), 'smi-bench-'));
  try {
    const empty = join(directory, 'empty.mjs');
    await writeFile(empty, '');
    const env = { ...process.env, INPUT_SERVICE_MESH: 'osm', INPUT_MESH_DEPLOYED: 'maybe', GITHUB_OUTPUT: '', GITHUB_STEP_SUMMARY: '', RUNNER_TEMP: directory, GITHUB_WORKSPACE: directory };
    const [main, nothing]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      nothing.push((await measure([empty])).wallMs);
      main.push((await measure([join(root, 'dist/main.js')], env, directory)).wallMs);
    }
    return { mainMs: median(main), emptyMs: median(nothing), ratio: median(main) / median(nothing) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
