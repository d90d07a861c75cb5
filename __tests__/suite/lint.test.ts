import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { lintAdded, lintSuite } from '../../src/suite/index.ts';
import { describeProblem } from '../../src/yaml/index.ts';
import { addedFolder, changed, sound, suiteFolder } from './folder.ts';

/** The problems of the sound suite with some files changed, without the folder's name. */
async function problemsOf(changes: Readonly<Record<string, string | null>>): Promise<string[]> {
  await using folder = await suiteFolder(changes);
  return (await lintSuite(folder.path)).map((problem) => describeProblem(problem).replaceAll(`${folder.path}/`, ''));
}

const listed = (from: string, to: string) => changed('traffic-access/listed.yaml', from, to);
const closed = (from: string, to: string) => changed('traffic-access/closed.yaml', from, to);
const crd = (from: string, to: string) => changed('traffic-access/crd.yaml', from, to);
const weights = (from: string, to: string) => changed('traffic-split/weights.yaml', from, to);
const access = (from: string, to: string) => changed('fixtures/access.yaml', from, to);
const split = (from: string, to: string) => changed('fixtures/split.yaml', from, to);

type Case = [what: string, changes: Record<string, string | null>, expected: string];

/** Each change is the only one, and each brings exactly the problem that it is about. */
function refuses(cases: Case[]): void {
  test.each(cases)('%s', async (_, changes, expected) => {
    expect(await problemsOf(changes)).toEqual([expect.stringContaining(expected)]);
  });
}

function accepts(cases: [what: string, changes: Record<string, string | null>][]): void {
  test.each(cases)('%s is no problem', async (_, changes) => {
    expect(await problemsOf(changes)).toEqual([]);
  });
}

test('the sound suite has no problem', async () => {
  expect(await problemsOf({})).toEqual([]);
});

describe('identity', () => {
  refuses([
    ['an id that is not the path', crd('id: traffic-access/crd', 'id: traffic-access/crds'), 'traffic-access/crd.yaml:1:5 /id: the file is traffic-access/crd.yaml, so the id is traffic-access/crd, not traffic-access/crds'],
    ['a specification that the id does not say', { 'traffic-access/crd.yaml': (sound['traffic-access/crd.yaml'] ?? '').replace('specification: traffic-access', 'specification: traffic-split').replace('TrafficTarget', 'TrafficSplit') }, '/requirement/specification: the id says traffic-access'],
  ]);

  test('an id that is there twice names both files', async () => {
    const problems = await problemsOf({ 'traffic-access/twin.yaml': sound['traffic-access/crd.yaml'] ?? '' });
    expect(problems).toHaveLength(3);
    expect(problems).toContain('traffic-access/crd.yaml:1:5 /id: the id traffic-access/crd is also that of traffic-access/twin.yaml');
    expect(problems).toContain('traffic-access/twin.yaml:1:5 /id: the id traffic-access/crd is also that of traffic-access/crd.yaml');
  });
});

describe('gates', () => {
  refuses([
    ['that are not there', listed('traffic-access/closed]', 'traffic-access/closed, traffic-access/close]'), 'listed.yaml:11:32 /gates/1: there is no assertion traffic-access/close; did you mean traffic-access/closed?'],
    ['of another specification', listed('traffic-access/closed]', 'traffic-access/closed, traffic-split/root]'), '/gates/1: a gate of traffic-access belongs to traffic-access'],
    ['that the suite asks for', { 'suite.yaml': 'version: 1.0.0\ngates: { traffic-access: [traffic-access/closed, traffic-access/crd] }\n' }, 'listed.yaml:11:8 /gates: every capability of traffic-access stands behind traffic-access/crd as well'],
    ['that the suite asks for in vain', { 'suite.yaml': 'version: 1.0.0\ngates: { traffic-access: [traffic-access/closed], traffic-metrics: [traffic-metrics/x] }\n' }, 'suite.yaml:2:69 /gates/traffic-metrics/0: there is no assertion traffic-metrics/x'],
    ['that a must capability lacks', { 'traffic-split/weights.yaml': null }, 'traffic-split/root.yaml:11:8 /gates: a must capability needs a gate'],
    ['that run last', closed('gates: []', 'gates: []\nexclusive: true'), '/gates/0: traffic-access/closed is exclusive'],
    ['that are only observed', closed('level: must', 'level: info'), '/gates/0: traffic-access/closed is only observed'],
    ['that are the assertion itself', listed('traffic-access/closed]', 'traffic-access/closed, traffic-access/listed]'), '/gates/1: an assertion cannot be its own gate'],
  ]);

  test('that wait for each other are told, each with the way around', async () => {
    const problems = await problemsOf(closed('gates: []', 'gates: [traffic-access/listed]'));
    expect(problems).toEqual([
      'traffic-access/closed.yaml:11:8 /gates: these gates wait for each other: traffic-access/closed → traffic-access/listed → traffic-access/closed',
      'traffic-access/listed.yaml:11:8 /gates: these gates wait for each other: traffic-access/listed → traffic-access/closed → traffic-access/listed',
    ]);
  });

  test('of another specification are allowed where the suite asks for one of it', async () => {
    const other = (sound['traffic-split/weights.yaml'] ?? '').replace('[traffic-split/root]', '[traffic-split/root, traffic-access/closed]');
    expect(await problemsOf({ 'traffic-split/weights.yaml': other, 'suite.yaml': 'version: 1.0.0\ngates: { traffic-split: [traffic-split/root, traffic-access/closed] }\n' })).toEqual([]);
  });
});

describe('places', () => {
  refuses([
    ['a fixture that is not there', closed('fixture: access', 'fixture: acess'), 'closed.yaml:10:10 /fixture: there is no fixture acess; did you mean access? (there are access, split, none)'],
    ['a caller', closed('from: alice', 'from: alise'), 'closed.yaml:15:24 /steps/0/always/denied/0/from: the fixture access has no workload alise; did you mean alice?'],
    ['a caller of another namespace', closed('from: alice', 'from: acc2/alice'), '/from: the fixture access has no workload acc2/alice'],
    ['a Service', closed('to: srv', 'to: serv'), '/to: the fixture access has no Service serv; did you mean srv?'],
    ['a port', closed('to: srv', 'to: srv, port: 8081'), '/port: the Service srv has no http port 8081 (it has http 8080, tcp 7070)'],
    ['a port of another protocol', closed('to: srv', 'to: srv, protocol: tcp, port: 8080'), '/port: the Service srv has no tcp port 8080'],
    ['a protocol', closed('to: srv', 'to: srv, protocol: udp'), '/to: the Service srv has no udp port'],
    ['a path of what is not HTTP', closed('to: srv', 'to: srv, protocol: tcp, path: /x'), '/protocol: method, path and headers are of http, and this is tcp'],
    ['who cannot answer', changed('traffic-split/root.yaml', 'by: [web-v0, web-v1, web-v2]', 'by: [web-v0, web-v1, canary]'), '/by/2: canary cannot answer a call of web: the Service and the splits applied before reach web-v0, web-v1 and web-v2'],
    ['whose share cannot answer', weights('shares: { web-v1: 75, web-v2: 25 }', 'shares: { web-v1: 75, canary: 25 }'), '/steps/3/sample/shares/canary: canary cannot answer a call of web'],
    ['who would settle for nobody', closed('denied: [{ from: alice, to: srv }]', 'denied: [{ from: alice, to: srv }]\n    otherwise: { verdict: info, reason: It is not there, allowed: [{ from: carol, to: srv }] }'), '/steps/0/otherwise/allowed/0/from: the fixture access has no workload carol'],
    ['shares that are all 0', weights('shares: { web-v1: 75, web-v2: 25 }', 'shares: { web-v1: 0 }'), '/shares: every share is 0'],
    ['attempts that are too few for a share', weights('attempts: 1000', 'attempts: 30'), '/attempts: 30 attempts are too few: web-v2 would pass without a single answer'],
    ['attempts that leave somebody out by chance', changed('traffic-split/root.yaml', 'attempts: 60', 'attempts: 20'), '/attempts: with 20 attempts a sound mesh leaves out one of 3 workloads too often: at least 37 are needed'],
    ['a port of a workload', weights('web-v2: 25 }', 'web-v2: 25 }, ports: { web-v2: 9090 }'), '/ports/web-v2: web-v2 has no http listener at 9090'],
    ['a port of a workload without a share', weights('web-v2: 25 }', 'web-v2: 25 }, ports: { caller: 8080 }'), '/ports/caller: caller has no share'],
  ]);
  const toCanary = (text: string) => text.replaceAll('{ service: web-v2,', '{ service: canary,').replaceAll('web-v2: 25', 'canary: 25');
  accepts([['a workload that only a split reaches', { 'traffic-split/weights.yaml': toCanary(sound['traffic-split/weights.yaml'] ?? '') }]]);

  test('a workload cannot answer any more once its split is deleted', async () => {
    const steps = '  - delete: [{ kind: TrafficSplit, name: web }]\n  - eventually:\n      answered: [{ from: caller, to: web, by: [canary], attempts: 20 }]\n';
    const problems = await problemsOf({ 'traffic-split/weights.yaml': toCanary(sound['traffic-split/weights.yaml'] ?? '') + steps });
    expect(problems).toEqual([expect.stringContaining('/steps/5/eventually/answered/0/by/0: canary cannot answer')]);
  });
});

describe('objects', () => {
  const end = '  - eventually:\n      denied: [{ from: alice, to: srv, path: /x }]\n';
  refuses([
    ['patched without being applied', weights('  - patch:\n      kind: TrafficSplit\n      name: web\n', '  - patch:\n      kind: TrafficSplit\n      name: wep\n'), '/steps/2/patch: TrafficSplit wep cannot be patched: no step before applies it'],
    ['deleted without being applied', listed('delete: [{ kind: TrafficTarget, name: target }]', 'delete: [{ kind: TCPRoute, name: routes }]'), '/steps/2/delete/0: TCPRoute routes cannot be deleted: no step before applies it'],
    ['compared after being deleted', listed(`  - delete: [{ kind: TrafficTarget, name: target }]\n${end}`, `  - delete: [{ kind: TrafficTarget, name: target }]\n${end}  - observe: { stored: { kind: TrafficTarget, name: target } }\n`), '/steps/4/observe/stored: TrafficTarget target cannot be compared: it is not there at this step'],
    ['absent without being deleted', listed(end, `${end}  - observe: { absent: { kind: HTTPRouteGroup, name: routes } }\n`), '/steps/4/observe/absent: HTTPRouteGroup routes cannot be absent: no step before deletes it'],
    ['absent without being applied', listed(end, `${end}  - observe: { absent: { kind: TCPRoute, name: routes } }\n`), '/steps/4/observe/absent: the absence of TCPRoute routes says nothing'],
    ['in a namespace', { 'traffic-access/listed.yaml': `${sound['traffic-access/listed.yaml']}  - rejected: [{ kind: TCPRoute, name: other, namespace: acc3, spec: {} }]\n` }, '/steps/4/rejected/0/namespace: the fixture access has no namespace acc3; did you mean acc?'],
    ['of a namespace', listed('{ kind: ServiceAccount, name: srv }', '{ kind: ServiceAccount, name: srv, namespace: default }'), '/spec/destination/namespace: the fixture access has no namespace default'],
    ['of an account', listed('sources: [{ kind: ServiceAccount, name: alice }]', 'sources: [{ kind: ServiceAccount, name: alise }]'), '/spec/sources/0/name: no workload of acc has the account alise'],
    ['of an account of another namespace', listed('sources: [{ kind: ServiceAccount, name: alice }]', 'sources: [{ kind: ServiceAccount, name: alice, namespace: acc2 }]'), '/spec/sources/0/name: no workload of acc2 has the account alice'],
    ['of a route', listed('rules: [{ kind: HTTPRouteGroup, name: routes,', 'rules: [{ kind: HTTPRouteGroup, name: route,'), '/spec/rules/0/name: no step applies HTTPRouteGroup route'],
    ['of a match', listed('matches: [all] }]', 'matches: [every] }]'), '/spec/rules/0/matches/0: HTTPRouteGroup routes has no match every'],
    ['of a Service', weights('spec: { service: web, backends', 'spec: { service: wed, backends'), '/spec/service: the fixture split has no Service wed; did you mean web?'],
  ]);
  accepts([
    ['what is missing on purpose', listed('rules: [{ kind: HTTPRouteGroup, name: routes, matches: [all] }]', 'rules: [{ kind: HTTPRouteGroup, name: routes, matches: [all, no-such-match] }, { kind: TCPRoute, name: no-such-route }]')],
    ['the fixture\'s first namespace by its name', listed('delete: [{ kind: TrafficTarget, name: target }]', 'delete: [{ kind: TrafficTarget, namespace: acc, name: target }]')],
    ['anything in what is to be refused', listed(end, `${end}  - rejected: [{ kind: TrafficTarget, name: broken, spec: { destination: { kind: ServiceAccount, name: nobody } } }]\n`)],
  ]);
});

describe('arrival', () => {
  const allowed = '      allowed: [{ from: alice, to: srv, path: /x }]\n';
  const look = '  - eventually:\n      answered: [{ from: caller, to: web, by: [web-v1], attempts: 20 }]\n';
  refuses([
    ['a change that silence follows, as before', { 'traffic-access/listed.yaml': (sound['traffic-access/listed.yaml'] ?? '').replace(allowed, '').split('  - delete:')[0] ?? '' }, '/steps/1/eventually: nothing here shows that the change has arrived'],
    ['a change that is looked at before it can be there', listed('  - eventually:\n      allowed', '  - always:\n      allowed'), '/steps/1/always: a change has to arrive before it can be looked at'],
    ['a distribution over all that answered before', { ...split('by: [web-v0, web-v1, web-v2]', 'by: [web-v1, web-v2]'), ...weights(look, '') }, '/steps/2/sample: nothing shows when the distribution begins: look at web when a single backend answers'],
    ['a distribution after another', weights('  - sample:', '  - sample: { from: caller, to: web, attempts: 1000, shares: { web-v1: 75, web-v2: 25 } }\n  - patch: { kind: TrafficSplit, name: web, spec: { service: web } }\n  - sample:'), '/steps/5/sample: nothing shows when the distribution begins: look at'],
    ['another distribution after a restart', weights('  - sample:', '  - sample: { from: caller, to: web, attempts: 1000, shares: { web-v1: 50, web-v2: 50 } }\n  - restart: [web-v2]\n  - sample:'), '/steps/5/sample: nothing shows when the distribution begins: look at'],
    ['a distribution without a change', weights('  - patch:\n      kind: TrafficSplit\n      name: web\n      spec: { backends: [{ service: web-v1, weight: 75 }, { service: web-v2, weight: 25 }] }\n', ''), '/steps/2/sample: nothing shows when the distribution begins: apply or patch the weights'],
    ['a distribution after a look at another Service', weights('to: web, by: [web-v1]', 'to: web-v1, by: [web-v1]'), '/steps/3/sample: nothing shows when the distribution begins'],
  ]);
  accepts([
    ['a second look without a change between', listed('  - delete:', '  - always:\n      denied: [{ from: bob, to: srv, path: /x }]\n  - delete:')],
    ['a distribution that leaves out who answered in the baseline', weights(`weight: 100 }, { service: web-v2, weight: 0 }] }\n${look}  - patch:\n      kind: TrafficSplit\n      name: web\n      spec: { backends: [{ service: web-v1, weight: 75 }`, 'weight: 75 }')],
    ['everything to one backend', weights('shares: { web-v1: 75, web-v2: 25 }', 'shares: { web-v1: 0, web-v2: 25 }')],
  ]);
});

describe('versions', () => {
  const text = sound['traffic-access/listed.yaml'] ?? '';
  const withHeader = (more: string) => ({ 'traffic-access/listed.yaml': text.replace("methods: ['*'] }", "methods: ['*'], headers: { x-a: .*b.* } }").replace('gates:', `${more}gates:`) });
  const ports = (more: string) => ({ 'traffic-access/listed.yaml': `${text}  - apply: [{ kind: TCPRoute, name: ports, spec: { matches: { ports: [7070] } } }]\n${more}  - observe: { stored: { kind: TCPRoute, name: ports } }\n${more}` });
  refuses([
    ['in which there is no such kind', { 'traffic-specs/udp.yaml': (sound['traffic-access/crd.yaml'] ?? '').replaceAll('traffic-access', 'traffic-specs').replace('traffic-specs/crd', 'traffic-specs/udp').replace('v1alpha1, v1alpha2, v1alpha3', 'v1alpha3').replace('TrafficTarget', 'UDPRoute') }, '/steps/0/observe/definition: traffic-specs v1alpha3 is listed, and there is no UDPRoute in it'],
    ['that do not exist', { 'traffic-metrics/crd.yaml': (sound['traffic-access/closed.yaml'] ?? '').replaceAll('traffic-access', 'traffic-metrics').replace('traffic-metrics/closed', 'traffic-metrics/crd').replace('level: must', 'level: should').replace('v1alpha2, v1alpha3', 'v1alpha1, v1alpha2') }, '/requirement/versions/1: there is no traffic-metrics v1alpha2 (there are v1alpha1)'],
    ['of a level that are not those of the requirement', closed('level: must', 'level: must\n  levels: { v1alpha4: should }'), '/requirement/levels/v1alpha4: v1alpha4 is not among the versions'],
    ['that cannot say what a step writes', listed('name: srv }', 'name: srv, port: 8080 }'), '/steps/0/apply/1: traffic-access v1alpha3 is listed, but access v1alpha3 has no destination.port'],
    ['of a partner that cannot say it', { 'traffic-access/listed.yaml': `${text}  - rejected: [{ kind: UDPRoute, name: ports, spec: {} }]\n` }, '/steps/4/rejected/0: traffic-access v1alpha2 is listed, but there is no UDPRoute in specs.smi-spec.io/v1alpha3'],
  ]);

  test('what a mesh may lack is declared where it is used', async () => {
    expect(await problemsOf(withHeader(''))).toEqual([expect.stringContaining('/steps/0/apply/0: makes use of HTTPRouteGroup.headers, which a mesh may lack')]);
    expect(await problemsOf(withHeader('needs: [HTTPRouteGroup.headers]\n'))).toEqual([]);
  });

  test('what a patch adds counts as written, in every version', async () => {
    const problems = await problemsOf(weights('spec: { backends', 'spec: { matches: [{ kind: HTTPRouteGroup, name: no-such-group }], backends'));
    expect(problems.filter((problem) => problem.includes('has no matches'))).toEqual([expect.stringContaining('/steps/2/patch: traffic-split v1alpha1 is listed'), expect.stringContaining('/steps/2/patch: traffic-split v1alpha2 is listed')]);
    expect(problems.filter((problem) => problem.includes('TrafficSplit.matches'))).toHaveLength(1);
  });

  test('a step that says where it applies is left out of the versions that cannot express it', async () => {
    expect(await problemsOf(ports(''))).not.toEqual([]);
    expect(await problemsOf(ports('    whereOffered: [TCPRoute.ports]\n'))).toEqual([]);
  });

  test('what is left where a part is not offered must hold together', async () => {
    const lone = `${text}  - apply: [{ kind: TCPRoute, name: ports, spec: { matches: { ports: [7070] } } }]\n    whereOffered: [TCPRoute.ports]\n  - observe: { stored: { kind: TCPRoute, name: ports } }\n`;
    expect(await problemsOf({ 'traffic-access/listed.yaml': lone })).toEqual([expect.stringContaining('/steps/5/observe/stored: TCPRoute ports cannot be compared: no step before applies it')]);
  });
});

describe('expressions', () => {
  const regex = (expression: string) => listed("pathRegex: '/x'", `pathRegex: '${expression}'`);
  refuses([
    ['that do not compile', regex('/x('), '/steps/0/apply/0/spec/matches/0/pathRegex: not a regular expression'],
    ['with a lookahead', regex('/(?=x)x'), 'uses a lookaround'],
    ['with a back reference', regex(String.raw`/(x)\1`), 'uses a lookaround, a named group, a flag or a back reference'],
    ['that never end', regex('/(a+)+b'), 'repeats a repetition'],
    ['that are too long', regex(`/${'x'.repeat(200)}`), 'the expression has 201 characters'],
    ['of headers', { 'traffic-access/listed.yaml': (sound['traffic-access/listed.yaml'] ?? '').replace("methods: ['*'] }", "methods: ['*'], headers: [{ x-a: '[' }] }").replace('gates:', 'needs: [HTTPRouteGroup.headers]\ngates:') }, '/steps/0/apply/0/spec/matches/0/headers/0/x-a: not a regular expression'],
  ]);
  accepts([['an expression with classes and alternatives', regex('/(?:a|b)/[0-9]+')]]);
});

describe('shape', () => {
  const [look, end] = ['  - always:\n      denied: [{ from: alice, to: srv }]\n', '  - eventually:\n      denied: [{ from: alice, to: srv, path: /x }]\n'];
  refuses([
    ['a presence assertion that looks at traffic', closed('kind: capability', 'kind: presence'), 'closed.yaml:14:5 /steps/0: a presence assertion looks at no traffic'],
    ['a capability that looks at no traffic', closed(look, '  - observe: { ready: fixture }\n'), '/kind: a capability looks at traffic, and no step does'],
    ['a change that nothing looks at', { 'traffic-access/listed.yaml': (sound['traffic-access/listed.yaml'] ?? '').slice(0, -end.length) }, '/steps/2: the last step looks at nothing'],
    ['a definition of another specification', crd('TrafficTarget }', 'TrafficSplit }'), '/steps/0/observe/definition: TrafficSplit belongs to traffic-split, not to traffic-access'],
    ['a definition that needs a fixture', crd('fixture: none', 'fixture: access'), '/fixture: a definition is seen without a fixture'],
    ['a definition that is asked for alone', crd('fixture: none', 'fixture: none\nexclusive: true'), '/exclusive: what only asks the API server is felt by nobody'],
    ['no fixture for traffic', closed('fixture: access', 'fixture: none'), '/fixture: without a fixture only definitions, and the metrics API itself, can be observed'],
    ['nothing said of a mesh that ignores the resource', closed('ignoring: The server answers everybody.', "ignoring: '            '"), '/ignoring: says nothing'],
  ]);

  test('a definition stands alone', async () => {
    expect(await problemsOf(closed(look, `${look}  - observe: { definition: TrafficTarget }\n`))).toEqual([
      expect.stringContaining('/fixture: a definition is seen without a fixture'),
      expect.stringContaining('/steps/1: an assertion about a definition has no other steps'),
    ]);
  });
});

describe('fixtures', () => {
  refuses([
    ['another name than the file', { 'fixtures/more.yaml': (sound['fixtures/access.yaml'] ?? '') }, 'fixtures/more.yaml:1:7 /name: the file is called more.yaml'],
    ['the name that stands for none', { 'fixtures/none.yaml': (sound['fixtures/access.yaml'] ?? '').replace('name: access', 'name: none') }, '/name: none stands for having no fixture'],
    ['a namespace twice', access('name: acc2', 'name: acc'), '/namespaces/1: the namespace acc is there twice'],
    ['a namespace too long for the cluster', access('name: acc2', `name: ${'a'.repeat(40)}`), 'Kubernetes allows 63'],
    ['a workload twice', access('  - { name: bob', '  - { name: alice, listeners: [{ port: 8080, protocol: http }] }\n  - { name: bob'), '/workloads/2: the workload acc/alice is there twice'],
    ['a workload in no namespace', access('  - { name: bob', '  - { name: eve, namespace: acc3, listeners: [{ port: 8080, protocol: http }] }\n  - { name: bob'), '/workloads/2/namespace: the fixture access has no namespace acc3'],
    ['a port twice in a pod', access('name: bob, serviceAccount: bob, listeners: [{ port: 8080, protocol: http }', 'name: bob, serviceAccount: bob, listeners: [{ port: 8080, protocol: http }, { port: 8080, protocol: tcp }'), '/workloads/2/listeners/1: the port tcp 8080 is there twice'],
    ['the probe\'s own port', access('name: bob, serviceAccount: bob, listeners: [{ port: 8080', 'name: bob, serviceAccount: bob, listeners: [{ port: 15999'), '/workloads/2/listeners/0/port: 15999 is the probe\'s own port'],
    ['a label of the run', access('name: bob, serviceAccount', 'name: bob, labels: { smi-conformance/run: x }, serviceAccount'), '/workloads/2/labels: smi-conformance/run is a label of the run'],
    ['a Service twice', access('  - { name: srv, selector', '  - { name: srv, selector: { app: bob }, ports: [{ port: 8080, protocol: http }] }\n  - { name: srv, selector'), '/services/1: the Service acc/srv is there twice'],
    ['a Service whose name Kubernetes refuses', split('- { name: canary, selector', '- { name: 1canary, selector'), '/services/3/name: 1canary must begin with a letter'],
    ['a port that nobody listens at', access('ports: [{ port: 8080, protocol: http }', 'ports: [{ port: 8080, targetPort: 8081, protocol: http }'), '/services/0/ports/0: srv has no http listener at 8081'],
    ['a port twice in a Service', access('{ port: 7070, protocol: tcp }] }\nbaseline', '{ port: 7070, protocol: tcp }, { port: 7070, protocol: tcp, name: tcp-b }] }\nbaseline'), '/services/0/ports/2: the port tcp 7070 is there twice'],
    ['a port\'s name that says another protocol', access('ports: [{ port: 8080, protocol: http }', 'ports: [{ port: 8080, protocol: http, name: tcp-web }'), '/services/0/ports/0/name: begins with another protocol'],
    ['a baseline of nobody', access('from: alice', 'from: carol'), '/baseline/denied/0/from: the fixture access has no workload carol'],
    ['what it needs where all is denied, of a missing account', access('baseline:', "whenDenying: [{ kind: TrafficTarget, name: t, spec: { destination: { kind: ServiceAccount, name: nobody } } }]\nbaseline:"), '/whenDenying/0/spec/destination/name: no workload of acc has the account nobody'],
    ['an expression that does not compile', access('baseline:', "whenDenying: [{ kind: HTTPRouteGroup, name: t, spec: { matches: [{ name: m, pathRegex: '[' }] } }]\nbaseline:"), '/whenDenying/0/spec/matches/0/pathRegex: not a regular expression'],
  ]);

  test('a Service that selects nobody is told where it stands', async () => {
    expect(await problemsOf(split('selector: { v: v2 }', 'selector: { v: v9 }'))).toContain('fixtures/split.yaml:13:31 /services/2/selector: the Service web-v2 selects no workload of its namespace');
  });
});

describe('some files only', () => {
  test('of the suite: their problems and no others', async () => {
    await using folder = await suiteFolder({ ...closed('from: alice', 'from: alise'), ...weights('attempts: 1000', 'attempts: 30') });
    const problems = await lintSuite(folder.path, [join(folder.path, 'traffic-access/closed.yaml')]);
    expect(problems.map(({ pointer }) => pointer)).toEqual(['/steps/0/always/denied/0/from']);
    expect(await lintSuite(folder.path, [join(folder.path, 'suite.yaml')])).toEqual([]);
  });

  test('are the same file by whatever path', async () => {
    await using folder = await suiteFolder(closed('from: alice', 'from: alise'));
    await using other = await suiteFolder();
    await symlink(folder.path, join(other.path, 'link'));
    expect(await lintSuite(folder.path, [join(other.path, 'link/traffic-access/closed.yaml')])).toHaveLength(1);
  });
});

describe('assertions that are added to a suite', () => {
  const mine = (sound['traffic-access/listed.yaml'] ?? '').replace('id: traffic-access/listed', 'id: traffic-access/mine');
  const bed = (sound['fixtures/access.yaml'] ?? '').replace('name: access', 'name: bed');
  const lint = async (files: Record<string, string>, names?: string[]): Promise<string[]> => {
    await using suite = await suiteFolder();
    await using folder = await addedFolder(files);
    const problems = await lintAdded(suite.path, folder.path, names?.map((name) => join(folder.path, name)));
    return problems.map((problem) => describeProblem(problem).replaceAll(`${folder.path}/`, '').replaceAll(`${suite.path}/`, 'suite/'));
  };

  test.each<[string, Record<string, string>]>([
    ['behind gates of the suite, in a fixture of the suite', { 'traffic-access/mine.yaml': mine }],
    ['in a fixture of their own', { 'traffic-access/mine.yaml': mine.replace('fixture: access', 'fixture: bed'), 'fixtures/bed.yaml': bed }],
    ['behind one another', { 'traffic-access/mine.yaml': mine, 'traffic-access/more.yaml': mine.replace('access/mine', 'access/more').replace('[traffic-access/closed]', '[traffic-access/closed, traffic-access/mine]') }],
  ])('are sound %s', async (_, files) => expect(await lint(files)).toEqual([]));

  test.each<[string, Record<string, string>, RegExp]>([
    ['YAML that is none', { 'traffic-access/mine.yaml': 'id: traffic-access/mine\ntitle: [unfinished\nkind: presence\n' }, /^traffic-access\/mine\.yaml:3:1: not valid YAML/],
    ['an id of the suite', { 'traffic-access/listed.yaml': sound['traffic-access/listed.yaml'] ?? '' }, /^traffic-access\/listed\.yaml:1:5 \/id: the id traffic-access\/listed is also that of suite\/traffic-access\/listed\.yaml$/],
    ['an id that is not the path', { 'traffic-access/other.yaml': mine }, /^traffic-access\/other\.yaml:1:5 \/id: the file is traffic-access\/other\.yaml, so the id is/],
    ['a fixture of the suite', { 'traffic-access/mine.yaml': mine, 'fixtures/access.yaml': sound['fixtures/access.yaml'] ?? '' }, /^fixtures\/access\.yaml:1:7 \/name: the name access is also that of suite\/fixtures\/access\.yaml/],
    ['a fixture that nobody has', { 'traffic-access/mine.yaml': mine.replace('fixture: access', 'fixture: acess') }, /^traffic-access\/mine\.yaml:10:10 \/fixture: there is no fixture acess; did you mean access\?/],
    ['a gate that nobody has', { 'traffic-access/mine.yaml': mine.replace('access/closed]', 'access/nowhere]') }, /\/gates\/0: there is no assertion traffic-access\/nowhere/],
    ['an assertion of the suite that is no gate', { 'traffic-access/mine.yaml': mine.replace('[traffic-access/closed]', '[traffic-access/closed, traffic-access/crd]') }, /^traffic-access\/mine\.yaml:11:32 \/gates\/1: traffic-access\/crd is no gate of the suite \(they are traffic-access\/closed and traffic-split\/root\)/],
    ['a suite.yaml', { 'traffic-access/mine.yaml': mine, 'suite.yaml': 'version: 9.9.9\n' }, /^suite\.yaml:1:1: a folder that is added to the suite has no version/],
    ['nothing', {}, /:1:1: holds no assertions/],
    ['a step that runs a command', { 'traffic-access/mine.yaml': mine.replace('  - eventually:', '  - exec: rm\n  - eventually:') }, /\/steps\/1: unknown field "exec"/],
    ['a tag that makes code', { 'traffic-access/mine.yaml': mine.replace('source: access, TrafficTarget', "source: !!js/function 'function () {}'") }, /mine\.yaml:8:\d+: not valid YAML: .*tag/],
  ])('are refused for %s', async (_, files, expected) => {
    const problems = await lint(files);
    expect(problems).toEqual(expect.arrayContaining([expect.stringMatching(expected)]));
    expect(problems.filter((problem) => problem.startsWith('suite/'))).toEqual([]);
  });

  test('may be looked at file by file', async () => {
    const files = { 'traffic-access/mine.yaml': mine, 'traffic-access/broken.yaml': '[' };
    expect(await lint(files, ['traffic-access/mine.yaml'])).toEqual([]);
    expect(await lint(files, ['traffic-access/broken.yaml'])).toEqual([expect.stringContaining('not valid YAML')]);
  });

  test('are read from their folder and from nowhere else', async () => {
    await using suite = await suiteFolder();
    await using elsewhere = await suiteFolder();
    await using folder = await addedFolder({ 'traffic-access/mine.yaml': mine });
    await symlink(join(elsewhere.path, 'traffic-access/crd.yaml'), join(folder.path, 'traffic-access/crd.yaml'));
    await symlink(join(elsewhere.path, 'fixtures'), join(folder.path, 'fixtures'));
    const problems = await lintAdded(suite.path, folder.path);
    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining('a link that leads out of'), expect.stringContaining('a link that leads out of')]);
  });
});

describe('verbs that came later', () => {
  const late = (steps: string) => ({
    'traffic-access/closed.yaml': (sound['traffic-access/closed.yaml'] ?? '').replace(/^steps:[^]*$/m, `steps:\n${steps}`),
    'fixtures/access.yaml': (sound['fixtures/access.yaml'] ?? '').replace('services:', '  - { name: dave, late: true, listeners: [{ port: 8080, protocol: http }] }\nservices:'),
  });
  const denied = '  - eventually: { denied: [{ from: alice, to: srv }] }\n';

  accepts([
    ['starting what is late and calling from it', late(`${denied}  - start: [dave]\n  - always: { denied: [{ from: dave, to: srv }] }\n`)],
    ['traffic that is held and released', late(`  - hold: { as: open, from: alice, to: srv }\n${denied}  - release: open\n`)],
    ['observing what was seen to be closed', late(`${denied}  - record: [{ from: alice, to: srv, attempts: 5, connection: kept }]\n`)],
  ]);
  refuses([
    ['calling from what was not started', late('  - eventually: { denied: [{ from: alice, to: srv }, { from: dave, to: srv }] }\n'), '/steps/0/eventually/denied/1/from: dave is late: start it in a step before'],
    ['starting what is there', late(`  - start: [bob]\n${denied}`), '/steps/0/start/0: bob runs from the beginning'],
    ['starting what no fixture has', late(`  - start: [bobby]\n${denied}`), '/steps/0/start/0: the fixture access has no workload bobby'],
    ['scaling what no fixture has', late(`  - scale: [{ workload: bobby, replicas: 0 }]\n${denied}`), '/steps/0/scale/0/workload: the fixture access has no workload bobby'],
    ['releasing what is not held', late(`${denied}  - release: open\n`), '/steps/1/release: nothing is held as open at this step'],
    ['a restart that nothing looks at', late(`${denied}  - restart: [srv]\n`), '/steps/1: the last step looks at nothing'],
    ['posing as nobody', late('  - eventually: { denied: [{ from: alice, to: srv, posingAs: carol }] }\n'), '/posingAs: the fixture access has no workload carol'],
  ]);

  test('an unused part of a fixture that is late is no problem, and neither is one that has several pods', async () => {
    expect(await problemsOf(access('{ name: bob, ', '{ name: bob, replicas: 2, '))).toEqual([]);
  });
});
