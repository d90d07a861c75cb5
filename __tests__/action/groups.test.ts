import { expect, test } from '@jest/globals';
import { logGroups } from '../../src/action/groups.ts';
import { progressLines } from '../../src/door/progress.ts';
import type { RunEvent } from '../../src/model/event.ts';
import { sampleReport } from '../report/sample.ts';
import { noteTaker } from './toolkit.ts';

test('each phase is a group, with its lines in it', () => {
  const { toolkit, said } = noteTaker();
  const sink = logGroups(toolkit, progressLines(false));
  const [result] = sampleReport().assertions;
  if (result === undefined) throw new Error('the sample has no results');
  const events: RunEvent[] = [
    { at: 0, type: 'phase-started', phase: 'run' },
    { at: 1, type: 'planned', mesh: 'OSM', meshVersion: 'v1', kubernetesVersion: 'v1.34', results: 12, lanes: 2 },
    { at: 2, type: 'assertion-ended', result },
    { at: 3, type: 'phase-ended', phase: 'run', durationMs: 3 },
  ];
  events.forEach(sink);
  expect(said[0]).toBe('startGroup: Run the assertions');
  expect(said.find((line) => line.includes(result.id))).toContain('1/12');
  expect(said.at(-1)).toBe('endGroup: ');
});

test('warnings are annotations as long as GitHub shows them, and lines after that', () => {
  const { toolkit, told } = noteTaker();
  const sink = logGroups(toolkit, progressLines(false));
  for (let at = 0; at < 8; at += 1) sink({ at, type: 'notice', level: 'warning', message: `warning ${at}` });
  sink({ at: 9, type: 'notice', level: 'info', message: 'by the way' });
  expect(told('warning')).toEqual(['warning 0', 'warning 1', 'warning 2', 'warning 3', 'warning 4']);
  expect(told('info').map((line) => /warning \d|by the way/.exec(line)?.[0])).toEqual(['warning 5', 'warning 6', 'warning 7', 'by the way']);
});

test('what a mesh says is no command to the runner', () => {
  const { toolkit, told } = noteTaker();
  const sink = logGroups(toolkit, (event) => (event.type === 'notice' ? event.message : undefined));
  sink({ at: 0, type: 'notice', level: 'info', message: 'seen:\n   ::set-output name=result::passed\n::add-path::/evil\nand ##[add-path]/evil, but a::b stays' });
  const lines = told('info').join('\n').split('\n');
  // As the runner looks for them: at the beginning of a trimmed line, or anywhere in it.
  expect(lines.filter((line) => line.trimStart().startsWith('::') || line.includes('##['))).toEqual([]);
  expect(lines.join('\n')).toContain('a::b stays');
});
