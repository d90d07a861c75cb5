import type { KubeObject } from '../../cluster/port.ts';
import { messageOf } from '../../model/errors.ts';
import type { PodNetwork, ReferenceNetwork } from '../contract.ts';
import type { Store } from '../store/index.ts';
import { startContainer } from './container.ts';
import { environmentOf } from './environment.ts';
import { factsOf, sidecarName } from './injection.ts';
import { podSpec } from './pod.ts';
import { podStatus } from './status.ts';
import type { ContainerState } from './status.ts';
import { mounted } from './volumes.ts';

export interface WorkerOptions {
  store: Store;
  network: ReferenceNetwork;
  /** The image that side containers of the mesh are said to run. */
  proxyImage: string;
}

/** One pod of the node. */
export interface PodWorker {
  /** The pod's connection to the network, once it has one. */
  network(): PodNetwork | undefined;
  /** What a container printed; undefined where the pod has no such container. */
  logs(container: string): readonly string[] | undefined;
  /** Ends the pod at the next chance; no effect a second time. */
  stop(): void;
  /** Settles when the pod has ended; rejects where something of it could not be closed. */
  ended: Promise<void>;
}

/** Runs a pod from its start to its end, and writes its status on the way. */
export function runPod(pod: KubeObject, { store, network, proxyImage }: WorkerOptions): PodWorker {
  const { uid = '' } = pod.metadata;
  const { containers } = podSpec(pod);
  const stop = new AbortController();
  const printed = new Map(containers.map(({ name }): [string, string[]] => [name, []]));
  const closers: (() => Promise<void>)[] = [];
  let attached: PodNetwork | undefined;

  const now = (): string => store.now().toISOString().replace(/\.\d+Z$/, 'Z');
  const since = now();
  const tell = (states: ContainerState[]): void => {
    if (!stop.signal.aborted) store.setStatus(pod, podStatus({ uid, since, containers: states, ...(attached !== undefined && { ip: attached.ip }) }));
  };
  const allWaiting = (reason: string, message?: string): void =>
    tell(containers.map(({ name, image }) => ({ name, image, is: 'waiting', reason, ...(message !== undefined && { message }) })));

  async function start(): Promise<void> {
    allWaiting('ContainerCreating');
    await mounted(pod, store, stop.signal, (missing) => allWaiting('ContainerCreating', missing));
    if (stop.signal.aborted) return;
    const facts = factsOf(pod, store);
    try {
      attached = network.attach(facts);
    } catch (error) {
      return allWaiting('ContainerCreating', `Failed to create pod sandbox: ${messageOf(error)}`);
    }
    const own = attached;
    closers.push(() => own.close());
    const states: ContainerState[] = [];
    if (facts.meshed) {
      printed.set(sidecarName, [JSON.stringify({ ready: true, pod: facts.name, namespace: facts.namespace, serviceAccount: facts.serviceAccount, ip: own.ip })]);
      states.push({ name: sidecarName, image: proxyImage, is: 'running', since: now() });
    }
    for (const container of containers) states.push(await startOne(container, own));
    tell(states);
  }

  async function startOne(container: (typeof containers)[number], podNetwork: PodNetwork): Promise<ContainerState> {
    const { name, image } = container;
    let environment: Record<string, string>;
    try {
      environment = environmentOf(container, pod, podNetwork.ip);
    } catch (error) {
      return { name, image, is: 'waiting', reason: 'CreateContainerConfigError', message: messageOf(error) };
    }
    const started = await startContainer(environment, podNetwork, (line) => printed.get(name)?.push(line));
    if (started.is === 'crashing') return { name, image, ...started };
    closers.push(() => started.close());
    return { name, image, is: 'running', since: now() };
  }

  async function live(): Promise<void> {
    const failures: unknown[] = [];
    try {
      await start();
      await aborted(stop.signal);
    } catch (error) {
      failures.push(error);
    }
    failures.push(...(await closeAll(closers)));
    store.stopped(pod);
    if (failures.length > 0) throw new AggregateError(failures, `The pod ${pod.metadata.namespace}/${pod.metadata.name} did not run or end as it should.`);
  }

  return { network: () => attached, logs: (container) => printed.get(container), stop: () => stop.abort(), ended: live() };
}

/** Closes programs first, then the network under them; what fails does not keep the rest open. */
async function closeAll(closers: readonly (() => Promise<void>)[]): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (const close of closers.toReversed()) await close().catch((error: unknown) => failures.push(error));
  return failures;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
