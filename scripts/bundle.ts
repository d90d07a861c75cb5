import { join } from 'node:path';
import { build, type BuildOptions, type Metafile, type OutputFile, type Plugin } from 'esbuild';

/** What the bundler made: files by their path inside `dist/`, and where each came from. */
export interface Bundle {
  files: Map<string, Uint8Array>;
  metafiles: Metafile[];
  /** Comments that must travel with the code (`@license`, `/*!`), each once. */
  legal: string[];
}

/**
 * Bundles the doors and the probe in memory. The same sources give the same bytes wherever the project lies: the bundler works
 * below `root` and is told of no folder outside it.
 */
export async function bundle(root: string): Promise<Bundle> {
  const results = await Promise.all([build(doors(root)), build(probe(root))]);
  const outputs = results.flatMap(({ outputFiles = [] }) => outputFiles);
  const isLegal = ({ path }: OutputFile): boolean => path.endsWith('.LEGAL.txt');
  return {
    files: new Map(outputs.filter((output) => !isLegal(output)).map(({ path, contents }) => [path.slice(join(root, 'dist').length + 1).replaceAll('\\', '/'), contents])),
    metafiles: results.flatMap(({ metafile }) => (metafile === undefined ? [] : [metafile])),
    legal: [...new Set(outputs.filter(isLegal).flatMap(({ text }) => text.match(/\/\*[^]*?\*\//g) ?? []))].sort(),
  };
}

const common = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  charset: 'utf8',
  minify: true,
  legalComments: 'external',
  metafile: true,
  write: false,
  logLevel: 'warning',
} satisfies BuildOptions;

/** The action's two steps and the command line: they share chunks, and what is heavy is in chunks of its own, loaded when it is used. */
function doors(root: string): BuildOptions {
  return {
    ...common,
    absWorkingDir: root,
    outdir: join(root, 'dist'),
    entryPoints: { main: 'src/action/main.ts', post: 'src/action/post.ts', cli: 'src/cli/main.ts' },
    entryNames: '[name]',
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
    // Packages that are not modules ask for Node's own by `require`, which a module does not have.
    banner: { js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);' },
    plugins: [slim],
  };
}

/** One file, without anything from npm: it is put into a ConfigMap and run by a stock Node image. */
function probe(root: string): BuildOptions {
  return { ...common, absWorkingDir: root, outdir: join(root, 'dist'), outExtension: { '.js': '.mjs' }, entryPoints: { probe: 'src/probe/main.ts' }, packages: 'external' };
}

/**
 * Leaves out what packages bring along and nothing here calls: of the runner's toolkit its HTTP client, of the client for artifacts all but the upload, of the Kubernetes client the
 * generated API (17 MB to read) and its `fetch`. From the latter come kubeconfigs and credentials; requests are made by the adapter itself.
 */
const slim: Plugin = {
  name: 'slim',
  setup(builder) {
    for (const { from, path, exports } of unused) {
      builder.onResolve({ filter: path }, ({ importer, path: name }) => (from.test(importer) ? { path: name, namespace: 'absent', pluginData: exports } : undefined));
    }
    builder.onLoad({ filter: /.*/, namespace: 'absent' }, ({ path, pluginData }) => ({ contents: absent(path, pluginData as string[]) }));
  },
};

const kubernetes = /[\\/]@kubernetes[\\/]client-node[\\/]dist[\\/]/;
const unused = [
  { from: kubernetes, path: /\/gen\/index\.js$/, exports: ['createConfiguration', 'ServerConfiguration'] },
  { from: kubernetes, path: /^undici$/, exports: ['Agent', 'ProxyAgent'] },
  { from: /[\\/]@actions[\\/]core[\\/]lib[\\/]core\.js$/, path: /^\.\/(?:oidc-utils|platform|summary|path-utils)\.js$/, exports: ['OidcClient', 'summary', 'markdownSummary', 'toPosixPath', 'toWin32Path', 'toPlatformPath'] },
  {
    from: /[\\/]@actions[\\/]artifact[\\/]lib[\\/]internal[\\/]client\.js$/,
    path: /^\.\/(?:download|delete|find)\//,
    exports: ['downloadArtifactPublic', 'downloadArtifactInternal', 'deleteArtifactPublic', 'deleteArtifactInternal', 'getArtifactPublic', 'getArtifactInternal', 'listArtifactsPublic', 'listArtifactsInternal'],
  },
];

/** A module whose exports say, when one is called after all, that they were left out. */
function absent(name: string, exports: readonly string[]): string {
  return exports.map((one) => `export function ${one}() { throw new Error('${one} of ${name} is not part of the built program'); }`).join('\n');
}
