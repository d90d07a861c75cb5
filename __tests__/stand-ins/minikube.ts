import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import semver from 'semver';
import { end, engineTrouble, hang, openEngine, writeKubeconfig } from './docker-engine.ts';
import { type CommandSpec, findCommand, type FlagKind, parseFlags, type Parsed } from './docker-flags.ts';

/** The commands and flags of minikube, from https://minikube.sigs.k8s.io/docs/commands/; every other is refused as minikube refuses it. */
const everywhere = { 'profile,p': 'string', alsologtostderr: 'bool', 'bootstrapper,b': 'string', log_file: 'string', rootless: 'bool', 'skip-audit': 'bool', user: 'string', 'v': 'int' } as const;
const ofStart: Record<string, FlagKind> = {
  addons: 'string', 'apiserver-ips': 'string', 'apiserver-name': 'string', 'apiserver-names': 'string', 'apiserver-port': 'int', 'auto-update-drivers': 'bool', 'base-image': 'string', 'binary-mirror': 'string',
  'cache-images': 'bool', 'cert-expiration': 'duration', cni: 'string', 'container-runtime,c': 'string', cpus: 'string', 'delete-on-failure': 'bool', 'disable-metrics': 'bool', 'disk-size': 'string', 'dns-domain': 'string',
  'docker-env': 'string', 'docker-opt': 'string', 'download-only': 'bool', 'driver,d': 'string', 'dry-run': 'bool', 'embed-certs': 'bool', 'extra-config': 'string', 'feature-gates': 'string', force: 'bool', 'image-repository': 'string',
  'install-addons': 'bool', interactive: 'bool', 'keep-context': 'bool', 'kubernetes-version': 'string', 'listen-address': 'string', memory: 'string', network: 'string', 'nodes,n': 'int', 'output,o': 'string', ports: 'string',
  preload: 'bool', 'registry-mirror': 'string', 'service-cluster-ip-range': 'string', 'static-ip': 'string', subnet: 'string', wait: 'string', 'wait-timeout': 'duration',
};
const commands: Record<string, CommandSpec> = {
  version: { flags: { ...everywhere, short: 'bool', 'output,o': 'string', components: 'bool' }, args: [0, 0] },
  start: { flags: { ...everywhere, ...ofStart }, args: [0, 0] },
  delete: { flags: { ...everywhere, all: 'bool', purge: 'bool', 'output,o': 'string' }, args: [0, 0] },
  'profile list': { flags: { ...everywhere, 'output,o': 'string', 'light,l': 'bool' }, args: [0, 0] },
  'image load': { flags: { ...everywhere, daemon: 'bool', pull: 'bool', remote: 'bool', overwrite: 'bool' }, args: [1, 1] },
  logs: { flags: { ...everywhere, audit: 'bool', file: 'string', 'follow,f': 'bool', 'last-start-only': 'bool', 'length,n': 'int', node: 'string', problems: 'bool' }, args: [0, 0] },
};
const waits = ['apiserver', 'system_pods', 'default_sa', 'apps_running', 'node_ready', 'kubelet', 'extra', 'all', 'none', 'true', 'false'];
const drivers = ['docker', 'podman', 'kvm2', 'qemu2', 'none', 'ssh', 'virtualbox', 'vfkit', 'hyperkit'];
/** The oldest that it boots (pkg/minikube/constants/constants.go). */
const oldest = '1.28.0';

const [folder = '', ...words] = process.argv.slice(2);
const engine = openEngine(folder);
engine.note({ program: 'minikube', args: words, env: process.env });

const profiles = join(folder, 'profiles');
mkdirSync(profiles, { recursive: true });
/** As minikube prints it where it does not know what to do: `X Exiting due to ID: message`. */
const exit = (status: number, id: string, message: string): never => end(status, `\nX Exiting due to ${id}: ${message}\n`);

async function run(name: string, { flags, args }: Parsed): Promise<void> {
  if (name === 'version') return end(0, '', flags.get('short') === 'true' ? 'v1.38.1\n' : 'minikube version: v1.38.1\n');
  const profile = flags.get('profile') ?? 'minikube';
  if (!/^[a-zA-Z0-9][a-zA-Z0-9-]+$/.test(profile)) exit(14, 'MK_USAGE', `${profile} is not a valid profile name`);
  const kubeconfig = process.env['KUBECONFIG'] ?? '';
  if (kubeconfig === '' || kubeconfig.includes('/.kube/')) end(1, 'the stand-in only touches a kubeconfig that the environment names and that is not the user\'s');
  const fault = engine.fault(`minikube ${name}`);
  if (fault === 'fails') exit(80, 'GUEST_DELETION', `failed at ${name}`);
  switch (name) {
    case 'start':
      return start(profile, flags, kubeconfig, fault);
    case 'delete':
      if (!existsSync(join(profiles, profile))) process.stdout.write(`* "${profile}" profile does not exist, trying anyways.\n`);
      engine.removeContainers(profile);
      rmSync(join(profiles, profile), { force: true });
      if (existsSync(kubeconfig)) writeFileSync(kubeconfig, 'apiVersion: v1\nkind: Config\n');
      return end(0, '', `* Removed all traces of the "${profile}" cluster.\n`);
    case 'profile list': {
      if (!['json', 'table'].includes(flags.get('output') ?? 'table')) exit(14, 'MK_USAGE', `invalid output format: ${flags.get('output')}. Valid values: 'table', 'json'`);
      const of = (state: string) => readdirSync(profiles).filter((one) => readFileSync(join(profiles, one), 'utf8') === state).map((Name) => ({ Name, Status: state }));
      return end(0, '', `${JSON.stringify({ invalid: of('invalid'), valid: of('valid') })}\n`);
    }
    case 'image load':
      requireProfile(profile);
      if (!existsSync(args[0] ?? '') && (flags.get('daemon') !== 'true' || !engine.hasImage(args[0] ?? ''))) exit(80, 'GUEST_IMAGE_LOAD', `Failed to load image: save to dir: unable to find image ${args[0]}`);
      return;
    case 'logs':
      requireProfile(profile);
      writeFileSync(flags.get('file') ?? '', 'of minikube');
      return;
    default:
      end(1, `the stand-in does not do "${name}"`);
  }
}

async function start(profile: string, flags: Map<string, string>, kubeconfig: string, fault: string | undefined): Promise<void> {
  if (!drivers.includes(flags.get('driver') ?? '')) exit(56, 'DRV_UNSUPPORTED_OS', `The driver '${flags.get('driver')}' is not supported on linux/amd64`);
  const wait = (flags.get('wait') ?? 'apiserver,system_pods').split(',');
  if (wait.some((one) => !waits.includes(one))) exit(14, 'MK_USAGE', `The value passed to --wait is invalid: ${wait.join(',')}`);
  const version = flags.get('kubernetes-version') ?? 'stable';
  if (version !== 'stable' && version !== 'latest' && semver.valid(version) === null) exit(81, 'INET_VERSION_UNAVAILABLE', `Unable to parse "${version}": Malformed version`);
  if (semver.valid(version) !== null && semver.lt(version, oldest)) exit(109, 'K8S_OLD_UNSUPPORTED', `Kubernetes ${version} is not supported by this release of minikube`);
  process.stdout.write(`* [${profile}] minikube v1.38.1 on Ubuntu 24.04\n* Using the docker driver based on user configuration\n`);
  if (fault === 'docker-stopped') exit(69, 'PROVIDER_DOCKER_NOT_RUNNING', `"docker version --format <no value>-<no value>:<no value>" exit status 1: ${engineTrouble(fault)}`);
  if (fault === 'docker-forbidden') exit(69, 'PROVIDER_DOCKER_NEWGRP', `"docker version --format <no value>-<no value>:<no value>" exit status 1: ${engineTrouble(fault)}`);
  const base = flags.get('base-image');
  if (base !== undefined && !engine.hasImage(base)) exit(80, 'GUEST_PROVISION', `Failed to pull image ${base}: manifest unknown`);
  writeFileSync(join(profiles, profile), 'invalid');
  if (fault === 'hangs') await hang();
  engine.addContainer(profile, profile);
  if (fault === 'port-taken') exit(80, 'GUEST_PROVISION', `error provisioning guest: Failed to start host: docker run --name ${profile}: exit status 125: docker: Error response from daemon: failed to set up container networking: Bind for 127.0.0.1:32772 failed: port is already allocated`);
  if (fault === 'disk-full') exit(26, 'RSRC_DOCKER_STORAGE', 'Docker is out of disk space! (/var is at 100% of capacity). You can pass \'--force\' to skip this check.');
  if (fault === 'kubeadm') exit(80, 'GUEST_START', "failed to start node: wait 6m0s for node: wait for healthy API server: apiserver healthz never reported healthy: context deadline exceeded");
  mkdirSync(dirname(kubeconfig), { recursive: true });
  if (flags.get('embed-certs') !== 'true') end(1, 'the stand-in wants certificates in the kubeconfig: the profile may be gone when it is read');
  writeKubeconfig(engine, kubeconfig, profile);
  writeFileSync(join(profiles, profile), 'valid');
  process.stdout.write(`* Done! kubectl is now configured to use "${profile}" cluster and "default" namespace by default\n`);
}

function requireProfile(profile: string): void {
  if (!existsSync(join(profiles, profile))) exit(85, 'MK_CONFIG', `Profile "${profile}" not found. Run "minikube profile list" to view all profiles.`);
}

try {
  const { name, rest } = findCommand(commands, words);
  await run(name, parseFlags(commands[name] ?? { flags: {}, args: [0, 0] }, rest));
} catch (error) {
  end(14, `Error: ${(error as Error).message}\nSee 'minikube --help' for usage.`);
}
