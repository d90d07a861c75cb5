import { stripVTControlCharacters } from 'node:util';
import type { AssertionResult, Report } from '../model/report.ts';
import { specifications } from '../model/specification.ts';
import { ofSuite } from './derive.ts';
import { detailsOf } from './failures.ts';

/**
 * JUnit XML, one suite a specification, one more for what was added to the suite, and one case a result. `fail` is a failure and `error` an error; what says nothing about
 * the mesh (`skip`, `inconclusive`) is skipped, with its verdict in the message; `partial` and `info` are cases that went through,
 * with a word in `system-out`.
 */
export function toJUnit(report: Report): string {
  const named = specifications.map((name) => ({ name: name as string, results: ofSuite(report.assertions).filter(({ specification }) => specification === name) }));
  const suites = [...named, { name: 'added', results: report.assertions.filter(({ added }) => added) }].filter(({ results }) => results.length > 0);
  const title = `SMI conformance of ${report.mesh.name} ${report.mesh.version}`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: title, ...countsOf(report.assertions), time: seconds(report.run.durationMs) })}>`,
    ...suites.map(({ name, results }) => suite(name, results, report)),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(name: string, results: readonly AssertionResult[], { run, specifications: lines }: Report): string {
  const line = lines.find(({ specification }) => specification === name);
  const time = seconds(results.reduce((sum, { durationMs }) => sum + durationMs, 0));
  const facts = attributes({ name, ...countsOf(results), skipped: results.filter(isSkipped).length, time, timestamp: run.startedAt.replace(/(?:\.\d+)?Z$/, '') });
  const properties = line ? [
    '    <properties>',
    `      <property${attributes({ name: 'capability', value: line.capability })}/>`,
    `      <property${attributes({ name: 'compliance', value: line.compliance })}/>`,
    '    </properties>',
  ] : [];
  return [`  <testsuite${facts}>`, ...properties, ...results.map(testCase), '  </testsuite>'].join('\n');
}

function testCase(result: AssertionResult): string {
  const head = `    <testcase${attributes({ classname: `${result.specification}.${result.version}`, name: result.id, time: seconds(result.durationMs) })}`;
  const body = bodyOf(result);
  return body === undefined ? `${head}/>` : `${head}>\n      ${body}\n    </testcase>`;
}

function bodyOf(result: AssertionResult): string | undefined {
  const { verdict, level, reason = verdict, afterwards } = result;
  const message = `${verdict === 'fail' && level !== 'must' ? `${level}: ` : ''}${reason}`;
  const details = detailsOf(result).map(([heading, text]) => `${heading}: ${text}`).join('\n');
  switch (verdict) {
    case 'fail':
      return `<failure${attributes({ message, type: level })}>${escaped(details)}</failure>`;
    case 'error':
      return `<error${attributes({ message, type: 'error' })}>${escaped(details)}</error>`;
    case 'skip':
    case 'inconclusive':
      return `<skipped${attributes({ message: `${verdict}: ${reason}` })}/>`;
    case 'partial':
    case 'info':
      return `<system-out>${escaped(`${verdict}: ${reason}\n${details}`)}</system-out>`;
    case 'pass':
      return afterwards === undefined ? undefined : `<system-out>${escaped(`afterwards: ${afterwards}`)}</system-out>`;
  }
}

function countsOf(results: readonly AssertionResult[]): Record<string, number> {
  const count = (verdict: AssertionResult['verdict']): number => results.filter((result) => result.verdict === verdict).length;
  return { tests: results.length, failures: count('fail'), errors: count('error') };
}

function isSkipped({ verdict }: AssertionResult): boolean {
  return verdict === 'skip' || verdict === 'inconclusive';
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

function attributes(values: Record<string, string | number>): string {
  return Object.entries(values).map(([name, value]) => ` ${name}="${escaped(String(value)).replaceAll('\n', '&#10;')}"`).join('');
}

/** Text that any XML 1.0 parser takes: what XML cannot hold at all becomes U+FFFD. */
function escaped(text: string): string {
  return stripVTControlCharacters(text.toWellFormed()).replaceAll('\r\n', '\n')
    .replaceAll(/[^\t\n\u0020-\u007E\u00A0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
