import { type Content, html } from './html.ts';
import { dataOf, type Link, linksFrom, places } from './links.ts';

export interface PageOptions {
  /** Where it lies in the site. */
  path: string;
  title: string;
  /** One sentence, for search engines and previews. */
  description: string;
  /** Which part of the site it belongs to. */
  part?: 'home' | 'requirements' | 'runs' | 'compare' | 'about';
  /** Steps from the home page to it. */
  trail?: { title: string; target: string }[];
  /** False where the page has no data of its own. */
  data?: boolean;
  main: (link: Link) => Content;
}

/** A whole page. What a reader's browser may load, run or ask is what lies beside it, whatever is written in a report. */
export function pageOf({ path, title, description, part, trail = [], data = true, main }: PageOptions, siteTitle: string): string {
  const link = linksFrom(path);
  const current = (name: typeof part): Content => name === part && html` aria-current="page"`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="description" content="${description}">
<meta name="color-scheme" content="light dark">
<title>${title === siteTitle ? title : `${title} · ${siteTitle}`}</title>
<link rel="icon" href="${icon}">
<link rel="stylesheet" href="${link(places.style)}">
<script src="${link(places.script)}" defer></script>
${data && (['json', 'yaml'] as const).map((format) => html`<link rel="alternate" type="application/${format}" href="${link(dataOf(path, format))}">
`)}</head>
<body>
<a class="to-content" href="#main">Skip to the content</a>
<header class="site"><div class="wide">
<a class="brand" href="${link(places.home)}">${siteTitle}</a>
<nav aria-label="Site"><a href="${link(places.home)}"${current('home')}>Meshes</a><a href="${link(places.requirements)}"${current('requirements')}>Requirements</a><a href="${link(places.runs)}"${current('runs')}>Runs</a><a href="${link(places.compare)}"${current('compare')}>Compare</a><a href="${link(places.about)}"${current('about')}>About</a></nav>
</div></header>
<main id="main" class="wide" tabindex="-1">
${trail.length > 0 && html`<nav class="trail" aria-label="Where you are"><ol>${trail.map((step) => html`<li><a href="${link(step.target)}">${step.title}</a></li>`)}</ol></nav>`}
${main(link)}
</main>
<footer class="site"><div class="wide">
${data && html`<p>This page as data: <a href="${link(dataOf(path, 'json'))}">JSON</a>, <a href="${link(dataOf(path, 'yaml'))}">YAML</a></p>`}
<p>Every figure follows from the runs. <a href="${link(places.about)}">How to read and check them</a></p>
</div></footer>
</body>
</html>
`.text;
}

/** In the page itself: a browser would ask for one. */
const icon = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#17663f"/><path d="M4 8.5l2.6 2.6L12 5.4" fill="none" stroke="#fff" stroke-width="1.8"/></svg>')}`;

const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'";
