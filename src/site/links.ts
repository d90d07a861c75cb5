/** Turns places in the site into links from one page: relative, so that the site works below any address, and from a disk. */
export type Link = (target: string, fragment?: string) => string;

export function linksFrom(page: string): Link {
  return (target, fragment) => {
    const way = wayTo(target, page);
    // Most ways have nothing to encode, and there are hundreds of links on a page.
    return (plain.test(way) ? way : way.split('/').map(encodeURIComponent).join('/')) + (fragment === undefined ? '' : `#${encodeURIComponent(fragment)}`);
  };
}
const plain = /^[\w./-]*$/;

/** Places are files, by paths without `.` and `..`. */
function wayTo(target: string, page: string): string {
  let common = 0;
  for (let at = 0; target.charCodeAt(at) === page.charCodeAt(at); at++) {
    if (target[at] === '/') common = at + 1;
  }
  let up = '';
  for (let at = page.indexOf('/', common); at >= 0; at = page.indexOf('/', at + 1)) up += '../';
  return up + target.slice(common);
}

export const places = {
  home: 'index.html',
  requirements: 'requirements.html',
  runs: 'runs/index.html',
  compare: 'compare.html',
  about: 'about.html',
  style: 'site.css',
  script: 'site.js',
  mesh: (id: string) => `meshes/${id}/index.html`,
  changes: (id: string, name: string) => `meshes/${id}/changes/${name}.html`,
  assertion: (id: string) => `assertions/${id}.html`,
  month: (name: string) => `runs/${name}.html`,
  run: (path: string) => path.replace(/\.json$/, '.html'),
};

/** The anchor of a result on its run's page: `traffic-split/port-mapping@v1alpha2`, with characters that need no escape. */
export function anchorOf({ id, version }: { id: string; version: string }): string {
  return `${id.replace('/', '.')}.${version}`;
}

/** The same page as data. */
export function dataOf(page: string, format: 'json' | 'yaml'): string {
  return page.replace(/\.html$/, `.${format}`);
}

/** Names for values of strangers, each of its own, that can stand in a path. */
export function slugs(values: readonly string[]): Map<string, string> {
  const taken = new Set<string>();
  return new Map(values.map((value) => {
    const plain = value.replaceAll(/[^\w.+-]+/g, '_').replace(/^[.-]+/, '_').slice(0, 80) || '_';
    let slug = plain;
    for (let count = 2; taken.has(slug.toLowerCase()); count++) slug = `${plain}~${count}`;
    taken.add(slug.toLowerCase());
    return [value, slug];
  }));
}
