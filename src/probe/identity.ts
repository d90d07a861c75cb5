import type { Answer, ProbeIdentity } from './protocol.ts';

/** The application that answered, as its answer says. */
export type Served = Omit<Answer, 'count'>;

/** Header of an HTTP answer for each part of the server's identity. */
export const identityHeaders = {
  workload: 'x-smi-workload',
  pod: 'x-smi-pod',
  serviceAccount: 'x-smi-account',
  port: 'x-smi-port',
} as const;

/** What an application that listens at a port says of itself in each answer. */
export function servedBy(identity: ProbeIdentity, port: number): Served {
  return { workload: identity.workload, pod: identity.pod, serviceAccount: identity.serviceAccount, port };
}

/** The answer over TCP (with a newline) and UDP, and the body over HTTP. */
export function answerText(served: Served, nonce: string | undefined): string {
  return JSON.stringify({ nonce, ...served });
}

/** Reads what `answerText` wrote; the reason where it is no answer to this nonce. */
export function readAnswer(text: string, nonce: string): Served | 'without nonce' | 'with another nonce' | 'without identity' {
  let value: Record<string, unknown>;
  try {
    value = Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    // Not our application's language: something else answered.
    return 'without nonce';
  }
  if (value['nonce'] === undefined) return 'without nonce';
  if (value['nonce'] !== nonce) return 'with another nonce';
  const { workload, pod, serviceAccount, port } = value;
  const complete = typeof workload === 'string' && typeof pod === 'string' && typeof serviceAccount === 'string' && typeof port === 'number';
  return complete ? { workload, pod, serviceAccount, port } : 'without identity';
}
