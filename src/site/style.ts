/** The style sheet of all pages. Nothing in it is fetched from anywhere; every colour has a contrast of 4.5 to 1 or more on what is behind it. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #fcfcfa; --raised: #ffffff; --ink: #1b1e23; --soft: #565d66; --line: #e2e2dc; --faint: #f3f3ee; --link: #1a559c;
  --pass: #17663f; --fail: #a01818; --fail-back: #fbe6e3; --partial: #774a00; --partial-back: #f9edd2; --inconclusive: #563c97; --inconclusive-back: #ece6f9; --info: #1a5b82;
  --bar-pass: #9ccab1; --bar-fail: #c0392b; --bar-partial: #e0aa3e; --bar-inconclusive: #8f79c8;
  --sans: Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14161a; --raised: #1a1d22; --ink: #e6e7e9; --soft: #a2a9b3; --line: #2d3138; --faint: #1e2127; --link: #8bb9f2;
    --pass: #7ccf9f; --fail: #ff968d; --fail-back: #3d1d1c; --partial: #e8bd66; --partial-back: #372a12; --inconclusive: #bcaaf3; --inconclusive-back: #2a2341; --info: #86c1e6;
    --bar-pass: #3d7a5a; --bar-fail: #e5675c; --bar-partial: #b98730; --bar-inconclusive: #7b66b5;
  }
}
* { box-sizing: border-box; }
html { font: 100%/1.55 var(--sans); background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
.wide { max-width: 75rem; margin-inline: auto; padding-inline: clamp(1rem, 4vw, 2.5rem); }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .18em; text-decoration-color: color-mix(in srgb, currentColor 40%, transparent); }
a:hover { text-decoration-color: currentColor; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
main:focus { outline: none; }
.to-content { position: absolute; left: -100vw; background: var(--raised); padding: .6rem 1rem; z-index: 2; }
.to-content:focus { left: .5rem; top: .5rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

header.site { border-bottom: 1px solid var(--line); }
header.site .wide { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem 2rem; padding-block: .9rem; }
.brand { font-weight: 650; letter-spacing: -.01em; color: var(--ink); text-decoration: none; margin-right: auto; }
header.site nav { display: flex; flex-wrap: wrap; gap: .1rem 1.4rem; font-size: .925rem; }
header.site nav a { color: var(--soft); text-decoration: none; padding-block: .3rem; border-bottom: 2px solid transparent; }
header.site nav a:hover { color: var(--ink); }
header.site nav a[aria-current] { color: var(--ink); border-color: var(--ink); }
footer.site { margin-top: 5rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .875rem; }
footer.site .wide { display: flex; flex-wrap: wrap; gap: 0 2.5rem; padding-block: 1.2rem 2.5rem; }
.trail { margin-top: 1.6rem; margin-bottom: -1rem; font-size: .875rem; }
.trail ol { display: flex; flex-wrap: wrap; list-style: none; margin: 0; padding: 0; }
.trail li:not(:last-child)::after { content: "/"; content: "/" / ""; color: var(--soft); margin-inline: .5rem; }

h1, h2, h3 { line-height: 1.2; letter-spacing: -.015em; font-weight: 650; text-wrap: balance; }
h1 { font-size: clamp(1.7rem, 1.3rem + 1.8vw, 2.5rem); margin: 2.4rem 0 .8rem; letter-spacing: -.025em; }
h1 small { display: inline-block; font-size: .5em; font-weight: 450; letter-spacing: 0; color: var(--soft); }
h2 { font-size: 1.375rem; margin: 3.5rem 0 .8rem; }
h3 { font-size: 1.0625rem; margin: 1.8rem 0 .5rem; }
p, ul, ol, dl { margin: .6rem 0; }
.lead { font-size: 1.125rem; max-width: 46rem; line-height: 1.5; text-wrap: pretty; }
main > p, section > p, section > ul, .lead { max-width: 46rem; }
.lead em { font-style: normal; font-weight: 600; }
.quiet { color: var(--soft); }
.small, small { font-size: .8125rem; }
small { font-weight: 400; color: var(--soft); }
.kicker { margin: 2.4rem 0 0; color: var(--soft); }
.kicker + h1 { margin-top: .3rem; }
.calm, .note { padding: .9rem 1.1rem; background: var(--faint); border-radius: 6px; max-width: 46rem; }
code { font: .875em/1.4 var(--mono); }
.break { overflow-wrap: anywhere; }
abbr { text-decoration: none; }
.level, .tag { font-style: normal; font-size: .75rem; color: var(--soft); border: 1px solid var(--line); border-radius: 3px; padding: 0 .3em; white-space: nowrap; }
.count { font-weight: 450; color: var(--soft); }

.v { display: inline-block; font-weight: 500; font-style: normal; white-space: nowrap; padding: .06em .45em .06em .3em; border-radius: 4px; text-decoration: none; line-height: 1.4; color: var(--soft); unicode-bidi: isolate; }
a.v:hover { text-decoration: underline; text-decoration-thickness: 1px; }
.v::before { display: inline-block; width: 1.15em; text-align: center; margin-right: .15em; font-weight: 700; content: "\\25CB"; content: "\\25CB" / ""; }
.v.pass { color: var(--pass); } .v.pass::before { content: "\\2713"; content: "\\2713" / ""; }
.v.fail { color: var(--fail); background: var(--fail-back); } .v.fail::before { content: "\\2717"; content: "\\2717" / ""; }
.v.partial { color: var(--partial); background: var(--partial-back); } .v.partial::before { content: "\\25D0"; content: "\\25D0" / ""; }
.v.inconclusive { color: var(--inconclusive); background: var(--inconclusive-back); } .v.inconclusive::before { content: "?"; content: "?" / ""; }
.v.error { color: var(--fail); outline: 1px solid currentColor; outline-offset: -1px; } .v.error::before { content: "!"; content: "!" / ""; }
.v.info { color: var(--info); } .v.info::before { content: "\\00B7"; content: "\\00B7" / ""; }
.v:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.legend { display: flex; flex-wrap: wrap; gap: .35rem 1.6rem; font-size: .875rem; margin: 1rem 0 1.2rem; }
.legend div { display: flex; gap: .35rem; align-items: baseline; } .legend dd { margin: 0; color: var(--soft); }

.scroll { overflow-x: auto; position: relative; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
th, td { text-align: left; vertical-align: baseline; padding: .5rem .9rem .5rem 0; border-top: 1px solid var(--line); font-weight: 400; }
th:last-child, td:last-child { padding-right: 0; }
thead th { border-top: 0; font-size: .8125rem; font-weight: 500; color: var(--soft); padding-bottom: .4rem; vertical-align: bottom; }
tbody tr:hover > * { background: color-mix(in srgb, var(--faint) 70%, transparent); }
th.number, td.number { text-align: right; white-space: nowrap; padding-right: 1.8rem; }
td.none { color: var(--soft); }
td.none::before { content: "\\2013"; content: "\\2013" / ""; padding-left: .3em; }
.plain { list-style: none; padding: 0; }

.meshes { margin-top: 1.4rem; }
.meshes th[scope=row] { font-size: 1.0625rem; }
.meshes th[scope=row] > a { font-weight: 600; }
.meshes td, .meshes th[scope=row] { padding-block: .9rem; }
.meshes small { display: block; margin-top: .2rem; padding-left: .2em; }
.meshes th small { padding-left: 0; }
.version { color: var(--soft); font-weight: 400; overflow-wrap: anywhere; }
.spark { display: block; overflow: visible; margin-top: .1rem; }
.spark polyline { fill: none; stroke: var(--soft); stroke-width: 1.5; stroke-linejoin: round; }
.spark circle { fill: var(--soft); stroke: var(--soft); stroke-width: 1.5; } .spark .failed { fill: var(--paper); }

.matrix table { min-width: min(100%, 42rem); }
.matrix th[scope=row] { width: 25rem; min-width: 17rem; max-width: 26rem; padding-right: 1.5rem; }
.matrix th[scope=row] a { font: .875rem/1.4 var(--mono); }
.matrix th small { display: block; line-height: 1.35; }
.matrix thead th { min-width: 6.2rem; }
.matrix thead th small { display: block; }
.matrix td { padding-block: .45rem; }
.matrix td .v { margin-left: -.3em; }
.matrix td .v + .v { margin-top: .2rem; }
.matrix .group th { padding-top: 1.6rem; border-top: 0; font-weight: 650; font-size: 1rem; }
.matrix .group:hover th { background: none; }
.bug { font-size: .8125rem; }
@media (min-width: 64rem) {
  .matrix thead th { position: sticky; top: 0; background: var(--paper); z-index: 1; box-shadow: 0 1px 0 var(--line); padding-top: .6rem; }
  .matrix.scroll { overflow-x: visible; }
}
@media (max-width: 63.99rem) {
  .matrix th[scope=row] { position: sticky; left: 0; background: var(--paper); min-width: 11rem; max-width: 42vw; z-index: 1; }
  .matrix th[scope=row] small { display: none; }
  .matrix .group th { position: sticky; left: 0; }
}

.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(13.5rem, 1fr)); gap: 1px; background: var(--line); border: 1px solid var(--line); border-radius: 8px; overflow: hidden; margin: 1.6rem 0; }
.card { background: var(--raised); padding: 1rem 1.2rem; }
.card h2 { margin: 0 0 .3rem; font-size: .9375rem; font-weight: 500; color: var(--soft); letter-spacing: 0; }
.card .big { font-size: 1.2rem; margin: 0 0 .5rem -.3rem; } .lead .v { margin-inline: -.3em .1em; }
.card dl { margin: 0; display: flex; flex-wrap: wrap; gap: .1rem 1.4rem; font-size: .875rem; }
.card dl div { display: flex; gap: .4rem; } .card dt { color: var(--soft); } .card dd { margin: 0; white-space: nowrap; }
.card p.small { margin: .4rem 0 0; }

.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 2rem 3rem; margin-top: 1.2rem; }
figure { margin: 0; min-width: 0; }
figcaption { font-weight: 600; font-size: .9375rem; }
.chart { margin: .4rem 0 .6rem; }
.chart svg { display: block; }
.chart text { font: 12px var(--sans); fill: var(--soft); text-anchor: middle; font-variant-numeric: tabular-nums; }
.chart .figure { fill: var(--ink); }
.chart line { stroke: var(--line); }
.chart a { text-decoration: none; outline-offset: -2px; }
.chart .hit { fill: transparent; }
.chart a:hover .hit { fill: var(--faint); }
rect.pass { fill: var(--bar-pass); } path.partial { fill: var(--bar-partial); } rect.inconclusive { fill: none; stroke: var(--bar-inconclusive); stroke-width: 1.5; } path.fail { fill: none; stroke: var(--bar-fail); stroke-width: 2.4; stroke-linecap: round; }
.sample { white-space: nowrap; } .sample svg { vertical-align: -.1em; }
figure details { font-size: .875rem; } figure summary, summary { cursor: pointer; }
figure table { font-size: .875rem; }

.rows { list-style: none; padding: 0; }
.rows li { display: flex; flex-wrap: wrap; gap: .1rem 1.2rem; padding: .5rem 0; border-top: 1px solid var(--line); }
.rows li > :first-child { min-width: 16rem; }
.columns { list-style: none; padding: 0; columns: 12rem; }
.columns li { padding-block: .15rem; }
.changes { list-style: none; padding: 0; max-width: none; }
.changes li { padding: .45rem 0; border-top: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: .2rem .8rem; align-items: baseline; }
.changes .change { margin-left: auto; }
details > summary > h3 { display: inline-block; margin-bottom: .3rem; }
.side { margin: .3rem 0; } .side b:first-child { display: inline-block; min-width: 4rem; font-weight: 500; color: var(--soft); }
.grid td small { white-space: nowrap; }

.result > summary { display: grid; grid-template-columns: 1rem 7.4rem minmax(11rem, 17rem) 1fr auto; gap: .2rem .8rem; align-items: baseline; padding: .5rem 0; border-top: 1px solid var(--line); list-style: none; }
.result > summary::before { content: ""; width: .4rem; height: .4rem; border: solid var(--soft); border-width: 0 1.5px 1.5px 0; transform: translateY(-.1rem) rotate(-45deg); justify-self: center; }
.result[open] > summary::before { transform: translateY(-.2rem) rotate(45deg); }
.result > summary::-webkit-details-marker { display: none; }
.result > summary:hover { background: var(--faint); }
.result .v { justify-self: start; }
.result .name { font: .875rem/1.4 var(--mono); grid-column: 3; }
.result .title { grid-column: 4; font-size: .9375rem; }
.result .tag { grid-column: 3; justify-self: start; }
.result .times { grid-column: 5; grid-row: 1; color: var(--soft); font-size: .8125rem; text-align: right; }
.result[open] > summary .name { font-weight: 700; }
.result .body { padding: .2rem 0 1.4rem 10rem; max-width: 66rem; scroll-margin-top: 4rem; }
.result .body > p:first-child { margin-top: 0; max-width: 46rem; }
.result .body:target { box-shadow: -3px 0 0 var(--link); }
h3.group { margin-top: 2.2rem; }
article.result { border-top: 1px solid var(--line); padding-bottom: 1rem; }
.words { display: grid; gap: .35rem; margin: .8rem 0; }
.words div, .facts div { display: grid; grid-template-columns: 7rem minmax(0, 1fr); gap: .2rem 1rem; }
.facts div { grid-template-columns: 12rem minmax(0, 1fr); padding: .4rem 0; border-top: 1px solid var(--line); }
dt { color: var(--soft); font-weight: 400; } dd { margin: 0; unicode-bidi: isolate; overflow-wrap: anywhere; }
.facts ul { margin: 0; }
.steps { list-style: none; padding: 0; margin: 1rem 0; font-size: .875rem; }
.steps li { border-left: 2px solid var(--line); padding: .1rem 0 .4rem 1rem; }
.step { margin: 0; } .step b { font-weight: 600; }
.look { list-style: none; padding: 0; margin: .3rem 0 .2rem; font-size: .8125rem; }
.steps .look li { border: 0; padding: .12rem 0; display: grid; grid-template-columns: minmax(11rem, 2fr) minmax(6rem, 2fr) 3fr; gap: 0 1.2rem; }
.look span { unicode-bidi: isolate; overflow-wrap: anywhere; } .look span:nth-child(2) { color: var(--soft); }

.strip { list-style: none; display: flex; flex-wrap: wrap; gap: .6rem; padding: 0; }
.strip li { display: grid; gap: .1rem; justify-items: start; border: 1px solid var(--line); border-radius: 6px; padding: .35rem .6rem; font-size: .875rem; background: var(--raised); }
.strip li > span { color: var(--soft); font-size: .8125rem; }
.strip .v { margin-left: -.3em; }

.filter { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: center; margin: 1rem 0; font-size: .9375rem; }
.filter label { display: flex; gap: .5rem; align-items: center; }
input[type=search], select, button { font: inherit; color: inherit; background: var(--raised); border: 1px solid color-mix(in srgb, var(--soft) 60%, transparent); border-radius: 5px; padding: .35rem .6rem; min-height: 2.4rem; max-width: 100%; }
input[type=search] { width: 16rem; }
button { font-weight: 550; padding-inline: 1.2rem; cursor: pointer; background: var(--ink); color: var(--paper); border-color: var(--ink); }
.compare p { display: flex; flex-wrap: wrap; gap: .4rem 1rem; align-items: center; } .compare label { min-width: 4rem; color: var(--soft); }
[hidden] { display: none !important; }

@media (max-width: 46rem) {
  .stack thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .stack, .stack tbody, .stack tr, .stack th, .stack td { display: block; }
  .stack tr { border-top: 1px solid var(--line); padding-block: .8rem; }
  .stack th, .stack td { border: 0; padding: .25rem 0; }
  .stack td { display: grid; grid-template-columns: 8rem auto 1fr; gap: 0 .6rem; align-items: baseline; }
  .stack td::before { content: attr(data-label); color: var(--soft); font-size: .875rem; }
  .stack td small { display: inline; margin: 0; padding: 0; }
  .stack .spark { align-self: center; margin: 0; }
  .result > summary { grid-template-columns: 1rem auto 1fr; gap: .2rem .5rem; }
  .result .name { grid-column: 3; } .result .title, .result .times, .result .tag { grid-column: 2 / -1; grid-row: auto; text-align: left; }
  .result .body { padding-left: 1.5rem; }
  .steps .look li { grid-template-columns: 1fr; padding-bottom: .4rem; }
  .words div, .facts div { grid-template-columns: 1fr; gap: 0; }
  .changes .change { margin-left: 0; }
  h2 { margin-top: 2.6rem; }
  footer.site { margin-top: 3rem; }
}
@media (prefers-contrast: more) { :root { --soft: var(--ink); --line: var(--soft); } }
@media (forced-colors: active) { .v { border: 1px solid; } }
@media print {
  header.site nav, .to-content, .filter, footer.site { display: none; }
  .scroll { overflow: visible; }
  html { font-size: 80%; }
}
`;
