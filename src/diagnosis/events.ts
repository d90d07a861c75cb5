import type { KubeObject } from '../cluster/port.ts';

interface Event {
  type?: string;
  reason?: string;
  message?: string;
  note?: string;
  count?: number;
  lastTimestamp?: string | null;
  firstTimestamp?: string | null;
  eventTime?: string | null;
  involvedObject?: { kind?: string; name?: string };
}

/** So many of a namespace, the newest. */
const most = 500;

/** Events of one namespace as lines, the oldest first, as `kubectl get events` shows them. Pure. */
export function eventLines(events: readonly KubeObject[]): string[] {
  const timed = events.map((event) => ({ at: timeOf(event), event })).toSorted((one, other) => one.at.localeCompare(other.at));
  const left = timed.length > most ? [`… ${timed.length - most} events before these are left out`] : [];
  return [...left, ...timed.slice(-most).map(({ at, event }) => lineOf(at, event))];
}

function lineOf(at: string, event: KubeObject): string {
  const { type = '', reason = '', message = '', count = 1, involvedObject = {} } = event as Event;
  return [at, type, reason, `${involvedObject.kind ?? '?'}/${involvedObject.name ?? '?'}`, `${message.replaceAll(/\s+/g, ' ')}${count > 1 ? ` (${count} times)` : ''}`].join('\t');
}

function timeOf(event: KubeObject): string {
  const { lastTimestamp, eventTime, firstTimestamp } = event as Event;
  return lastTimestamp ?? eventTime ?? firstTimestamp ?? (event.metadata['creationTimestamp'] as string | undefined) ?? '';
}
