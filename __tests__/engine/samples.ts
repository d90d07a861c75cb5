import type { Assertion, Step } from '../../src/model/assertion.ts';
import type { Fixture } from '../../src/model/fixture.ts';
import type { MeshDefinition } from '../../src/model/mesh.ts';
import type { Planned } from '../../src/suite/index.ts';

/** A mesh that asks for nothing. */
export const plainMesh: MeshDefinition = {
  id: 'plain',
  name: 'Plain',
  aliases: [],
  provider: 'PLAIN',
  status: 'supported',
  enrolment: { namespace: {}, pod: {} },
  host: '{service}.{namespace}.svc.cluster.local',
  claims: 'served',
};

export function assertion(id: string, more: Partial<Assertion> = {}): Assertion {
  return {
    id,
    title: `title of ${id}`,
    kind: 'capability',
    requirement: { specification: 'traffic-access', versions: ['v1alpha3'], level: 'must', source: 'somewhere', text: 'something that has to be so' },
    fixture: 'bed',
    gates: [],
    ignoring: 'shows nothing',
    steps: [],
    ...more,
  };
}

export function planned(id: string, more: Partial<Assertion> & { gate?: boolean } = {}): Planned {
  const { gate = false, ...rest } = more;
  return { assertion: assertion(id, rest), version: 'v1alpha3', gate };
}

/** Two callers, one server behind two Services, a pod that nobody asks for, and one in a second namespace. */
export const bed: Fixture = {
  name: 'bed',
  title: 'A bed',
  namespaces: [{ name: 'one', enrolled: true }, { name: 'two', enrolled: false }],
  workloads: [
    { name: 'srv', serviceAccount: 'srv', listeners: [{ port: 8080, protocol: 'http' }, { port: 7070, protocol: 'tcp' }] },
    { name: 'alice', serviceAccount: 'alice', listeners: [] },
    { name: 'bob', serviceAccount: 'bob', listeners: [] },
    { name: 'idle', listeners: [] },
    { name: 'alice', namespace: 'two', listeners: [] },
  ],
  services: [
    { name: 'srv', selector: { app: 'srv' }, ports: [{ port: 8080, protocol: 'http' }] },
    { name: 'srv-tcp', selector: { app: 'srv' }, ports: [{ port: 7070, protocol: 'tcp' }] },
  ],
  baseline: { denied: [{ from: 'alice', to: 'srv' }] },
};

export const callFrom = (from: string, to = 'srv'): Step => ({ eventually: { allowed: [{ from, to }] } });
