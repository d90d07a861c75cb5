import type { Lane, LaneProbe } from '../fixture/lane.ts';
import { homeOf, qualified } from '../fixture/names.ts';
import { selects } from '../fixture/objects.ts';
import type { Traffic } from '../model/assertion.ts';
import { ConformanceError } from '../model/errors.ts';
import type { FixturePort, FixtureService } from '../model/fixture.ts';
import { familyOf } from '../model/specification.ts';
import type { RunContext } from './context.ts';
import { CannotExpress } from './workspace.ts';

/** Where one kind of traffic is sent. */
export interface Address {
  host: string;
  port: number;
  /** The name of the Service, where it is called by an address: a request goes on to say whom it is for. */
  called?: string;
}

/** The address by which a workload calls a Service. Throws `CannotExpress` where the mesh is called by names of its own and the traffic wants the cluster's. */
export async function addressOf(lane: Lane, traffic: Traffic, context: Pick<RunContext, 'cluster' | 'mesh'>): Promise<Address> {
  const service = serviceOf(lane, traffic.to);
  const port = portOf(lane, service, traffic);
  const namespace = lane.namespaces.get(qualified(lane.fixture, traffic.to).namespace) ?? '';
  const usual = context.mesh.host.replaceAll('{service}', service.name).replaceAll('{namespace}', namespace);
  const full = `${service.name}.${namespace}.svc.cluster.local`;
  const nameOnly = (name: string): Address => {
    if (usual !== full) throw new CannotExpress(`${context.mesh.name} is called by names of its own (${context.mesh.host}), of which there are no shorter forms`);
    return { host: name, port: port.port };
  };
  if (traffic.via === undefined) return { host: usual, port: port.port };
  switch (traffic.via) {
    case 'pod':
      return { host: podBehind(lane, service, traffic.to).pod.ip, port: port.targetPort ?? port.port, called: usual };
    case 'clusterIP':
      return { host: await clusterAddress(lane, service, namespace, context), port: port.port, called: usual };
    case 'fqdn':
      return { host: full, port: port.port };
    case 'short':
      return nameOnly(service.name);
    case 'namespaced':
      return nameOnly(`${service.name}.${namespace}`);
    case 'svc':
      return nameOnly(`${service.name}.${namespace}.svc`);
  }
}

/** The Service of that name in the lane's fixture. */
export function serviceOf(lane: Lane, reference: string): FixtureService {
  const wanted = qualified(lane.fixture, reference);
  const home = homeOf(lane.fixture);
  const service = lane.fixture.services.find(({ name, namespace = home }) => name === wanted.name && namespace === wanted.namespace);
  if (service === undefined) throw new TypeError(`fixture ${lane.fixture.name} has no service ${reference}`);
  return service;
}

/** The probe of a workload that runs in the lane. */
export function probeOf(lane: Lane, reference: string): LaneProbe {
  const { namespace, name } = qualified(lane.fixture, reference);
  const probe = lane.probes.get(`${namespace}/${name}`);
  if (probe === undefined) throw new ConformanceError('BAD_ASSERTION', `lane ${lane.name} runs no ${reference} at this step`);
  return probe;
}

function portOf(lane: Lane, service: FixtureService, { protocol = 'http', port, to }: Traffic): FixturePort {
  const found = service.ports.find((candidate) => (port === undefined ? candidate.protocol === protocol : candidate.port === port && familyOf[candidate.protocol] === familyOf[protocol]));
  if (found === undefined) throw new TypeError(`service ${to} of fixture ${lane.fixture.name} has no ${protocol} port${port === undefined ? '' : ` ${port}`}`);
  return found;
}

function podBehind(lane: Lane, service: FixtureService, reference: string): LaneProbe {
  const probe = [...lane.probes.values()].find(({ workload }) => selects(lane.fixture, service, workload));
  if (probe === undefined) throw new ConformanceError('BAD_ASSERTION', `no pod of lane ${lane.name} stands behind ${reference} at this step`);
  return probe;
}

async function clusterAddress(lane: Lane, { name }: FixtureService, namespace: string, { cluster }: Pick<RunContext, 'cluster'>): Promise<string> {
  const object = await cluster.get({ apiVersion: 'v1', kind: 'Service', name, namespace });
  const address = (object?.['spec'] as { clusterIP?: string } | undefined)?.clusterIP;
  if (address === undefined || address === '' || address === 'None') throw new ConformanceError('BAD_ASSERTION', `the Service ${name} of lane ${lane.name} has no address of its own`);
  return address;
}
