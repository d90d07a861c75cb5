import { ConformanceError, messageOf } from '../model/errors.ts';
import { controlPort } from './protocol.ts';
import { type Protocol, protocols } from '../model/specification.ts';
import type { ProbeConfig, ProbeListener } from './protocol.ts';

/** Reads the probe's configuration from a pod's environment: `PROBE_CONFIG`, JSON, all but the pod's name, which is `POD_NAME`. */
export function readProbeConfig(environment: Record<string, string | undefined>): ProbeConfig {
  const text = environment['PROBE_CONFIG'];
  must(text !== undefined && text !== '', 'PROBE_CONFIG is not set');
  let config: Partial<Record<keyof ProbeConfig, unknown>>;
  try {
    config = Object(JSON.parse(text)) as typeof config;
  } catch (error) {
    throw bad(`PROBE_CONFIG is not JSON (${messageOf(error)})`);
  }
  return {
    pod: name(environment['POD_NAME'], 'POD_NAME'),
    namespace: name(config.namespace, 'PROBE_CONFIG.namespace'),
    serviceAccount: name(config.serviceAccount, 'PROBE_CONFIG.serviceAccount'),
    workload: name(config.workload, 'PROBE_CONFIG.workload'),
    listeners: readListeners(config.listeners),
    ...(config.application === undefined ? {} : { application: portNumber(config.application, 'PROBE_CONFIG.application') }),
  };
}

function readListeners(value: unknown): ProbeListener[] {
  must(Array.isArray(value), 'PROBE_CONFIG.listeners is not a list');
  const taken = new Set([`tcp ${controlPort}`]);
  return value.map((item: unknown, index) => {
    const { port: asked, protocol } = Object(item) as Partial<Record<keyof ProbeListener, unknown>>;
    const at = `PROBE_CONFIG.listeners[${index}]`;
    const port = portNumber(asked, `${at}.port`);
    must(isProtocol(protocol), `${at}.protocol is not one of ${protocols.join(', ')}`);
    const socket = `${protocol === 'udp' ? 'udp' : 'tcp'} ${port}`;
    must(!taken.has(socket), `${at}: ${port === controlPort ? 'the port is the control port' : 'the port is listed twice'}`);
    taken.add(socket);
    return { port, protocol };
  });
}

function portNumber(value: unknown, what: string): number {
  must(typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 65536, `${what} is not a port number`);
  return value;
}

function isProtocol(value: unknown): value is Protocol {
  return protocols.includes(value as Protocol);
}

/** The names travel in headers, so they are held to what Kubernetes allows in names. */
function name(value: unknown, what: string): string {
  must(typeof value === 'string' && /^[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?$/.test(value), `${what} is not a name`);
  return value;
}

function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw bad(what);
}

function bad(what: string): ConformanceError {
  return new ConformanceError('BAD_INPUT', `The probe cannot start: ${what}. Set PROBE_CONFIG to {"namespace","serviceAccount","workload","listeners":[{"port","protocol"}]} and POD_NAME to the pod's name.`);
}
