import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A small sound suite: one gate and one capability of access, one of split, one presence assertion, two fixtures. */
export const sound: Readonly<Record<string, string>> = {
  'suite.yaml': 'version: 1.2.3\n',
  'fixtures/access.yaml': `name: access
title: One server and two callers
namespaces: [{ name: acc, enrolled: true }, { name: acc2, enrolled: true }]
workloads:
  - { name: srv, serviceAccount: srv, listeners: [{ port: 8080, protocol: http }, { port: 7070, protocol: tcp }] }
  - { name: alice, serviceAccount: alice, listeners: [{ port: 8080, protocol: http }] }
  - { name: bob, serviceAccount: bob, listeners: [{ port: 8080, protocol: http }] }
services:
  - { name: srv, selector: { app: srv }, ports: [{ port: 8080, protocol: http }, { port: 7070, protocol: tcp }] }
baseline:
  denied: [{ from: alice, to: srv }]
`,
  'fixtures/split.yaml': `name: split
title: A root Service over three versions
namespaces: [{ name: spl, enrolled: true }]
workloads:
  - { name: web-v0, labels: { app: web }, listeners: [{ port: 8080, protocol: http }] }
  - { name: web-v1, labels: { app: web, v: v1 }, listeners: [{ port: 8080, protocol: http }] }
  - { name: web-v2, labels: { app: web, v: v2 }, listeners: [{ port: 8080, protocol: http }] }
  - { name: canary, listeners: [{ port: 8080, protocol: http }] }
  - { name: caller, listeners: [{ port: 8080, protocol: http }] }
services:
  - { name: web, selector: { app: web }, ports: [{ port: 8080, protocol: http }] }
  - { name: web-v1, selector: { v: v1 }, ports: [{ port: 8080, protocol: http }] }
  - { name: web-v2, selector: { v: v2 }, ports: [{ port: 8080, protocol: http }] }
  - { name: canary, selector: { app: canary }, ports: [{ port: 8080, protocol: http }] }
baseline:
  answered: [{ from: caller, to: web, by: [web-v0, web-v1, web-v2], attempts: 60 }]
`,
  'traffic-access/crd.yaml': `id: traffic-access/crd
title: The definition is served
kind: presence
requirement:
  specification: traffic-access
  versions: [v1alpha1, v1alpha2, v1alpha3, v1alpha4]
  level: must
  source: access, header
  text: The API server serves the definition in every version that the mesh claims.
fixture: none
gates: []
ignoring: The definition is not there.
steps:
  - observe: { definition: TrafficTarget }
`,
  'traffic-access/closed.yaml': `id: traffic-access/closed
title: Nobody is admitted by default
kind: capability
requirement:
  specification: traffic-access
  versions: [v1alpha2, v1alpha3]
  level: must
  source: access, Specification
  text: Without a TrafficTarget no traffic reaches a server that has joined the mesh.
fixture: access
gates: []
ignoring: The server answers everybody.
steps:
  - always:
      denied: [{ from: alice, to: srv }]
`,
  'traffic-access/listed.yaml': `id: traffic-access/listed
title: A listed source is admitted
kind: capability
requirement:
  specification: traffic-access
  versions: [v1alpha2, v1alpha3]
  level: must
  source: access, TrafficTarget
  text: A source that a TrafficTarget lists reaches the destination on a listed route.
fixture: access
gates: [traffic-access/closed]
ignoring: The source is still denied, or everybody is admitted.
steps:
  - apply:
      - kind: HTTPRouteGroup
        name: routes
        spec: { matches: [{ name: all, pathRegex: '/x', methods: ['*'] }] }
      - kind: TrafficTarget
        name: target
        spec:
          destination: { kind: ServiceAccount, name: srv }
          rules: [{ kind: HTTPRouteGroup, name: routes, matches: [all] }]
          sources: [{ kind: ServiceAccount, name: alice }]
  - eventually:
      allowed: [{ from: alice, to: srv, path: /x }]
      denied: [{ from: bob, to: srv, path: /x }]
  - delete: [{ kind: TrafficTarget, name: target }]
  - eventually:
      denied: [{ from: alice, to: srv, path: /x }]
`,
  'traffic-split/root.yaml': `id: traffic-split/root
title: Without a split the root Service answers
kind: capability
requirement:
  specification: traffic-split
  versions: [v1alpha1, v1alpha2, v1alpha3, v1alpha4]
  level: must
  source: split, Specification
  text: Without a TrafficSplit every pod that the root Service selects answers.
fixture: split
gates: []
ignoring: Only one of the pods answers.
steps:
  - always:
      answered: [{ from: caller, to: web, by: [web-v0, web-v1, web-v2], attempts: 60 }]
`,
  'traffic-split/weights.yaml': `id: traffic-split/weights
title: Weights are shares
kind: capability
requirement:
  specification: traffic-split
  versions: [v1alpha1, v1alpha2, v1alpha3, v1alpha4]
  level: must
  source: split, Specification
  text: Traffic to the root Service is shared out over the backends by their weights.
fixture: split
gates: [traffic-split/root]
ignoring: Equal shares, or the root Service's own pods.
steps:
  - apply:
      - kind: TrafficSplit
        name: web
        spec: { service: web, backends: [{ service: web-v1, weight: 100 }, { service: web-v2, weight: 0 }] }
  - eventually:
      answered: [{ from: caller, to: web, by: [web-v1], attempts: 20 }]
  - patch:
      kind: TrafficSplit
      name: web
      spec: { backends: [{ service: web-v1, weight: 75 }, { service: web-v2, weight: 25 }] }
  - sample: { from: caller, to: web, attempts: 1000, shares: { web-v1: 75, web-v2: 25 } }
`,
};

/** A folder that is removed when it goes out of scope. */
export interface Folder extends AsyncDisposable {
  path: string;
}

/** Writes the sound suite, with files replaced or added (a text) and taken away (null). */
export function suiteFolder(changes: Readonly<Record<string, string | null>> = {}): Promise<Folder> {
  return folderWith({ ...sound, ...changes });
}

/** Writes assertions and fixtures that are no suite by themselves. */
export function addedFolder(files: Readonly<Record<string, string>>): Promise<Folder> {
  return folderWith(files);
}

async function folderWith(files: Readonly<Record<string, string | null>>): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'smi-suite-'));
  for (const [name, text] of Object.entries(files)) {
    if (text === null) continue;
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), text);
  }
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** One file of the sound suite with one passage of it changed. */
export function changed(name: string, from: string, to: string): Record<string, string> {
  const text = sound[name] ?? '';
  if (!text.includes(from)) throw new TypeError(`${name} has no ${from}`);
  return { [name]: text.replace(from, () => to) };
}
