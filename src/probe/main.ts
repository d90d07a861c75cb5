import { messageOf } from '../model/errors.ts';
import { startProbe } from './agent.ts';
import { readProbeConfig } from './config.ts';
import { createHostNetwork } from './host-network.ts';
import { controlPort } from './protocol.ts';

// As process 1 of a container nothing else would end it. The kernel closes every socket, and no state is worth a wait.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0));

try {
  const config = readProbeConfig(process.env);
  const ports = readPorts(process.env['PROBE_PORTS']);
  await startProbe(config, createHostNetwork({ ports }));
  const { pod, workload, listeners } = config;
  process.stdout.write(`${JSON.stringify({ ready: true, pod, workload, listeners, controlPort: ports.get(controlPort) ?? controlPort, ports: Object.fromEntries(ports) })}\n`);
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
}

/** `PROBE_PORTS`, such as `{"15999":0}`: real ports by configured port, for probes that share a machine; 0 takes a free one. */
function readPorts(text: string | undefined): Map<number, number> {
  if (text === undefined) return new Map();
  return new Map(Object.entries(Object(JSON.parse(text)) as Record<string, number>).map(([port, real]) => [Number(port), Number(real)]));
}
