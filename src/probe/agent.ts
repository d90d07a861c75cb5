import type { ProbeNetwork } from './network.ts';
import { banner } from './attempts/tcp-first.ts';
import { createControl } from './control.ts';
import { servedBy } from './identity.ts';
import { controlPort } from './protocol.ts';
import type { ProbeConfig, ProbeListener } from './protocol.ts';
import { Records } from './records.ts';
import { createHttpApplication } from './servers/http.ts';
import { createRelay } from './servers/relay.ts';
import { serve } from './servers/serve.ts';
import type { Listening } from './servers/serve.ts';
import { createTcpApplication } from './servers/tcp.ts';
import { startUdpApplication } from './servers/udp.ts';

export interface RunningProbe {
  /** Ends every listener and connection of the probe, and the batches under way. */
  close(): Promise<void>;
}

/** Starts the applications that the configuration lists and the control port; rejects, with nothing left listening, where one of them cannot be. */
export async function startProbe(config: ProbeConfig, network: ProbeNetwork): Promise<RunningProbe> {
  const records = new Records();
  const listening: Listening[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(listening.map((one) => one.close()));
  };
  try {
    for (const listener of config.listeners) listening.push(await startApplication(listener, config, records, network));
    // Last, so that who reaches it reaches a probe that is ready.
    listening.push(await serve(createControl(config, network, records), controlPort, network, { loopback: true }));
  } catch (error) {
    await close();
    throw error;
  }
  return { close };
}

function startApplication({ port, protocol }: ProbeListener, config: ProbeConfig, records: Records, network: ProbeNetwork): Promise<Listening> {
  const served = servedBy(config, port);
  switch (protocol) {
    // One application speaks both.
    case 'http': case 'h2c': return serve(config.application === undefined || protocol === 'h2c' ? createHttpApplication(served, records) : createRelay(served, records, config.application, network), port, network);
    case 'tcp': return serve(createTcpApplication(served, records), port, network);
    case 'tcp-first': return serve(createTcpApplication(served, records, banner), port, network);
    case 'udp': return startUdpApplication(served, records, network);
  }
}
