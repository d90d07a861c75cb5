import { homeOf } from '../../fixture/names.ts';
import { selects } from '../../fixture/objects.ts';
import type { Fixture, FixtureService, Workload } from '../../model/fixture.ts';
import { familyOf, type Protocol } from '../../model/specification.ts';
import { controlPort } from '../../probe/protocol.ts';
import { wishesIn } from '../wishes.ts';
import { namespaceFlaws, referenceFlaws } from './objects.ts';
import { patternFlaws } from './patterns.ts';
import { unknown, wishFlaws } from './places.ts';
import { type Flaw, listed } from './rule.ts';

/** What a schema cannot say of a fixture: that its parts fit each other, and that no name on the cluster is too long or taken by the run itself. */
export function fixtureFlaws(fixture: Fixture, name: string): Flaw[] {
  const { whenDenying = [] } = fixture;
  const nothing = new Map();
  return [
    ...(fixture.name === name ? [] : [{ pointer: '/name', message: `the file is called ${name}.yaml, so the name is ${name}` }]),
    ...(fixture.name === 'none' ? [{ pointer: '/name', message: 'none stands for having no fixture: take another name' }] : []),
    ...repeated(fixture.namespaces.map((namespace) => namespace.name), '/namespaces', 'the namespace'),
    ...fixture.namespaces.flatMap((namespace, at) => lengthFlaws(fixture, namespace.name, `/namespaces/${at}/name`)),
    ...repeated(fixture.workloads.map((workload) => placeOf(workload, fixture)), '/workloads', 'the workload'),
    ...fixture.workloads.flatMap((workload, at) => workloadFlaws(workload, fixture, `/workloads/${at}`)),
    ...repeated(fixture.services.map((service) => placeOf(service, fixture)), '/services', 'the Service'),
    ...fixture.services.flatMap((service, at) => serviceFlaws(service, fixture, `/services/${at}`)),
    ...wishesIn(fixture.baseline, '/baseline').flatMap((wish) => wishFlaws(wish, fixture, nothing)),
    ...whenDenying.flatMap((resource, at) => {
      const pointer = `/whenDenying/${at}`;
      return [...namespaceFlaws(resource, pointer, fixture), ...referenceFlaws(resource, pointer, whenDenying, fixture), ...patternFlaws(resource, pointer)];
    }),
  ];
}

function workloadFlaws(workload: Workload, fixture: Fixture, pointer: string): Flaw[] {
  const { labels = {}, listeners, namespace } = workload;
  const taken = listeners.findIndex(({ port }) => port === controlPort);
  return [
    ...namespaceOf(namespace, fixture, pointer),
    // TCP and HTTP share the ports of a pod, UDP has its own.
    ...repeated(listeners.map(({ port, protocol }) => `${protocol === 'udp' ? 'udp' : 'tcp'} ${port}`), `${pointer}/listeners`, 'the port'),
    ...(taken < 0 ? [] : [{ pointer: `${pointer}/listeners/${taken}/port`, message: `${controlPort} is the probe's own port` }]),
    // The sweep finds what belongs to a run by these.
    ...Object.keys(labels).flatMap((label) => (label.startsWith('smi-conformance/') ? [{ pointer: `${pointer}/labels`, message: `${label} is a label of the run: take another prefix` }] : [])),
  ];
}

function serviceFlaws(service: FixtureService, fixture: Fixture, pointer: string): Flaw[] {
  const { name, namespace, ports } = service;
  const selected = fixture.workloads.filter((workload) => selects(fixture, service, workload));
  return [
    ...namespaceOf(namespace, fixture, pointer),
    ...(/^[a-z]/.test(name) ? [] : [{ pointer: `${pointer}/name`, message: `${name} must begin with a letter: Kubernetes refuses such a Service` }]),
    ...(selected.length > 0 ? [] : [{ pointer: `${pointer}/selector`, message: `the Service ${name} selects no workload of its namespace` }]),
    ...repeated(ports.map(({ port, protocol }) => `${protocol === 'udp' ? 'udp' : 'tcp'} ${port}`), `${pointer}/ports`, 'the port'),
    ...repeated(ports.map((port) => port.name ?? `${familyOf[port.protocol]}-${port.port}`), `${pointer}/ports`, 'the name'),
    ...ports.flatMap((port, at) => {
      const target = port.targetPort ?? port.port;
      const deaf = selected.filter(({ listeners }) => !listeners.some((listener) => listener.port === target && serves(listener.protocol, port.protocol)));
      return [
        ...(port.name === undefined || port.name.startsWith(`${familyOf[port.protocol]}-`) ? [] : [{ pointer: `${pointer}/ports/${at}/name`, message: `begins with another protocol than its own, ${port.protocol}` }]),
        ...(deaf.length === 0 ? [] : [{ pointer: `${pointer}/ports/${at}`, message: `${listed(deaf.map((workload) => workload.name))} has no ${port.protocol} listener at ${target}` }]),
      ];
    }),
  ];
}

/** An application that speaks HTTP speaks both versions of it. */
function serves(spoken: Protocol, called: Protocol): boolean {
  return spoken === called || (familyOf[spoken] === 'http' && familyOf[called] === 'http');
}

/** On the cluster a namespace bears run and lane: smi-1a2b3c-access-12-r3-acc2. */
function lengthFlaws(fixture: Fixture, namespace: string, pointer: string): Flaw[] {
  const longest = `smi-000000-${fixture.name}-99-r99-${namespace}`.length;
  return longest <= 63 ? [] : [{ pointer, message: `with run and lane the namespace's name has up to ${longest} characters, and Kubernetes allows 63: shorten it, or the fixture's` }];
}

function namespaceOf(namespace: string | undefined, fixture: Fixture, pointer: string): Flaw[] {
  if (namespace === undefined || fixture.namespaces.some(({ name }) => name === namespace)) return [];
  return [{ pointer: `${pointer}/namespace`, message: unknown('namespace', namespace, fixture, fixture.namespaces) }];
}

function placeOf({ name, namespace }: { name: string; namespace?: string }, fixture: Fixture): string {
  return `${namespace ?? homeOf(fixture)}/${name}`;
}

function repeated(names: readonly string[], pointer: string, what: string): Flaw[] {
  return names.flatMap((name, at) => (names.indexOf(name) < at ? [{ pointer: `${pointer}/${at}`, message: `${what} ${name} is there twice` }] : []));
}
