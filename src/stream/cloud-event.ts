import type { RunEvent } from '../model/event.ts';
import type { AssertionResult } from '../model/report.ts';

/** One event of a run in the JSON format of CloudEvents 1.0, structured mode. */
export interface CloudEvent {
  specversion: '1.0';
  /** Unique within the source. */
  id: string;
  source: string;
  type: string;
  /** The result that an event is about: `traffic-split/weighted-75-25@v1alpha2`. */
  subject?: string;
  /** ISO 8601, UTC. */
  time: string;
  datacontenttype: 'application/json';
  /** Order within the source, as the extension `sequence` has it. */
  sequence: string;
  /** The event, as in `events.ndjson`. */
  data: unknown;
}

export interface EventFacts {
  /** A URI of the run. */
  source: string;
  /** From 1. */
  sequence: number;
  /** Milliseconds since 1970 at which the event came. */
  at: number;
}

/** What every receiver must take of an event is 64 kB; this leaves room for its other attributes. */
const mostBytes = 60 * 1024;

/** Pure. The report of `finished` is summed up, and a result too large to be sent on is sent without its steps: both are whole in the report file. */
export function cloudEventOf(event: RunEvent, { source, sequence, at }: EventFacts): CloudEvent {
  return {
    specversion: '1.0',
    id: String(sequence),
    source,
    type: `io.github.smi-conformance.${event.type}.v1`,
    ...subjectOf(event),
    time: new Date(at).toISOString(),
    datacontenttype: 'application/json',
    sequence: String(sequence).padStart(8, '0'),
    data: dataOf(event),
  };
}

function subjectOf(event: RunEvent): { subject?: string } {
  if (event.type === 'assertion-ended') return { subject: identity(event.result) };
  return event.type === 'assertion-started' ? { subject: identity(event) } : {};
}

function identity({ id, version }: Pick<AssertionResult, 'id' | 'version'>): string {
  return `${id}@${version}`;
}

/** What the line of `events.ndjson` says, but for what would be too long. */
function dataOf(event: RunEvent): unknown {
  switch (event.type) {
    case 'finished': {
      const { run, mesh, kubernetes, complete, incompleteBecause, result, summary, specifications } = event.report;
      return { ...event, report: { run, mesh, kubernetes, complete, incompleteBecause, result, summary, specifications } };
    }
    case 'assertion-ended':
      return Buffer.byteLength(JSON.stringify(event)) > mostBytes ? { ...event, result: shortened(event.result), shortened: true } : event;
    default:
      return event;
  }
}

function shortened(result: AssertionResult): AssertionResult {
  const { reason, expected, seen } = result;
  const texts = Object.entries({ reason, expected, seen }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...result, ...Object.fromEntries(texts.map(([key, text]) => [key, text.slice(0, mostText).toWellFormed()])), steps: [] };
}

const mostText = 2000;
