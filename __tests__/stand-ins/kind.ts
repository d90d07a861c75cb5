import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { end, engineTrouble, hang, openEngine, writeKubeconfig } from './docker-engine.ts';
import { type CommandSpec, findCommand, parseFlags, type Parsed } from './docker-flags.ts';

/** The commands and flags of kind 0.33, from its source (pkg/cmd/kind); every other is refused as kind refuses it. */
const everywhere = { 'verbosity,v': 'int', 'quiet,q': 'bool' } as const;
const named = { ...everywhere, 'name,n': 'string' } as const;
const commands: Record<string, CommandSpec> = {
  version: { flags: everywhere, args: [0, 0] },
  'create cluster': { flags: { ...named, config: 'string', image: 'string', retain: 'bool', wait: 'duration', kubeconfig: 'string' }, args: [0, 0] },
  'delete cluster': { flags: { ...named, kubeconfig: 'string' }, args: [0, 0] },
  'get clusters': { flags: everywhere, args: [0, 0] },
  'get nodes': { flags: { ...named, 'all-clusters,A': 'bool' }, args: [0, 0] },
  'export logs': { flags: named, args: [0, 1] },
  'load image-archive': { flags: { ...named, nodes: 'string' }, args: [1, Infinity] },
  'load docker-image': { flags: { ...named, nodes: 'string' }, args: [1, Infinity] },
};

const [folder = '', ...words] = process.argv.slice(2);
const engine = openEngine(folder);
engine.note({ program: 'kind', args: words, env: process.env });

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const fail = (message: string, output?: string): never => end(1, `ERROR: ${message}${output === undefined ? '' : `\n\nCommand Output: ${output}`}`);

async function run(name: string, { flags, args }: Parsed): Promise<void> {
  if (name === 'version') return end(0, '', 'kind v0.33.0 go1.26.0 linux/amd64\n');
  const cluster = flags.get('name') ?? 'kind';
  if (!/^[a-z0-9.-]+$/.test(cluster)) fail(`'${cluster}' is not a valid cluster name, cluster names must match \`^[a-z0-9.-]+$\``);
  const fault = engine.fault(name);
  const trouble = engineTrouble(fault);
  if (trouble !== undefined) fail(`failed to list nodes: command "docker ps -a --filter label=io.x-k8s.kind.cluster=${cluster} --format '{{.Names}}'" failed with error: exit status 1`, trouble);
  if (fault === 'fails') fail(`failed at ${name}`);
  const nodes = engine.containers().filter((one) => one.cluster === cluster);
  switch (name) {
    case 'create cluster':
      return create(cluster, flags, fault);
    case 'delete cluster':
      say(`Deleting cluster "${cluster}" ...`);
      if (fault === 'being-removed' && nodes.length > 0) {
        // The engine was asked before, and takes a moment.
        spawn('sh', ['-c', 'sleep 0.5; rm -f "$1/containers/$2"', 'sh', folder, nodes[0]?.name ?? ''], { detached: true, stdio: 'ignore' }).unref();
        fail(`failed to delete cluster "${cluster}": failed to delete nodes: command "docker rm -f -v ${nodes[0]?.name}" failed with error: exit status 1`, `Error response from daemon: removal of container ${nodes[0]?.name} is already in progress`);
      }
      // As kind does: the nodes go whether the kubeconfig can be changed or not.
      engine.removeContainers(cluster);
      if (flags.has('kubeconfig')) strikeOff(flags.get('kubeconfig') ?? '');
      return;
    case 'get nodes':
      if (nodes.length === 0) say(`No kind nodes found for cluster "${cluster}".`);
      return end(0, '', nodes.map((node) => `${node.name}\n`).join(''));
    case 'export logs': {
      if (nodes.length === 0) fail(`unknown cluster "${cluster}"`);
      const directory = join(args[0] ?? '', `${cluster}-control-plane`);
      mkdirSync(directory, { recursive: true });
      writeFileSync(join(directory, 'kubelet.log'), 'of the kubelet');
      return end(0, `Exporting logs for cluster "${cluster}" to:`, `${args[0]}\n`);
    }
    case 'load image-archive':
      for (const archive of args) if (!existsSync(archive)) fail(`stat ${archive}: no such file or directory`);
      if (nodes.length === 0) fail(`no nodes found for cluster "${cluster}"`);
      return;
    case 'load docker-image':
      for (const image of args) if (!engine.hasImage(image)) fail(`image: "${image}" not present locally`);
      if (nodes.length === 0) fail(`no nodes found for cluster "${cluster}"`);
      return;
    default:
      fail(`the stand-in does not do "${name}"`);
  }
}

async function create(cluster: string, flags: Map<string, string>, fault: string | undefined): Promise<void> {
  const kubeconfig = flags.get('kubeconfig') ?? '';
  const image = flags.get('image') ?? '';
  const node = `${cluster}-control-plane`;
  if (kubeconfig === '' || kubeconfig !== process.env['KUBECONFIG']) fail('the stand-in only writes to the kubeconfig that flag and environment both name');
  if (engine.containers().some((one) => one.cluster === cluster)) fail(`failed to create cluster: node(s) already exist for a cluster with the name "${cluster}"`);
  say(`Creating cluster "${cluster}" ...`);
  say(` • Ensuring node image (${image.split('@')[0]}) 🖼  ...`);
  if (fault === 'hangs') await hang();
  if (!engine.hasImage(image)) fail(`failed to create cluster: failed to pull image "${image}": command "docker pull ${image}" failed with error: exit status 1`, `Error response from daemon: manifest for ${image} not found: manifest unknown: manifest unknown`);
  if (fault === 'rate-limit') fail(`failed to create cluster: failed to pull image "${image}": command "docker pull ${image}" failed with error: exit status 1`, 'Error response from daemon: toomanyrequests: You have reached your unauthenticated pull rate limit.');
  if (fault === 'hangs-late') {
    // The engine has been asked and goes on, whoever asked is gone.
    spawn('sh', ['-c', `sleep 1; printf %s "$2" > "$1/containers/$2-control-plane"; : > "$1/made-late"`, 'sh', folder, cluster], { detached: true, stdio: 'ignore' }).unref();
    say(' • Preparing nodes 📦   ...');
    await hang();
  }
  engine.addContainer(node, cluster);
  say(' • Preparing nodes 📦   ...');
  const dockerRun = (output: string): never => {
    if (flags.get('retain') !== 'true') engine.removeContainers(cluster);
    return fail(`failed to create cluster: command "docker run --name ${node} --hostname ${node} --detach --tty ${image}" failed with error: exit status 125`, output);
  };
  if (fault === 'port-taken') dockerRun(`docker: Error response from daemon: driver failed programming external connectivity on endpoint ${node}: Bind for 127.0.0.1:41357 failed: port is already allocated.`);
  if (fault === 'disk-full') dockerRun('docker: Error response from daemon: mkdir /var/lib/docker/overlay2/5ab1: no space left on device.');
  if (fault === 'no-log-line') fail('failed to create cluster: could not find a log line that matches "Reached target .*Multi-User System.*|detected cgroup v1"');
  say(' • Starting control-plane 🕹️  ...');
  if (fault === 'kubeadm') fail(`failed to create cluster: failed to init node with kubeadm: command "docker exec --privileged ${node} kubeadm init --config=/kind/kubeadm.conf" failed with error: exit status 1`, "[kubelet-check] The kubelet is not healthy after 4m0s");
  if (existsSync(`${kubeconfig}.lock`)) fail('failed to lock config file: open: file exists');
  writeKubeconfig(engine, kubeconfig, `kind-${cluster}`);
  say(`Set kubectl context to "kind-${cluster}"`);
}

function strikeOff(kubeconfig: string): void {
  mkdirSync(join(kubeconfig, '..'), { recursive: true });
  if (existsSync(`${kubeconfig}.lock`)) fail('failed to update kubeconfig: failed to lock config file: open: file exists');
  openSync(`${kubeconfig}.lock`, 'wx');
  if (existsSync(kubeconfig)) writeFileSync(kubeconfig, 'apiVersion: v1\nkind: Config\n');
  rmSync(`${kubeconfig}.lock`);
}

try {
  const { name, rest } = findCommand(commands, words);
  await run(name, parseFlags(commands[name] ?? { flags: {}, args: [0, 0] }, rest));
} catch (error) {
  fail((error as Error).message);
}
