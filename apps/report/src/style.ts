/**
 * How plots, tables and notes look, wherever they are: it takes the colours that are named there,
 * `--paper`, `--ink`, `--soft`, `--line`, `--shade` and `--accent`.
 */
export const FIGURES = `
.about, .origin, dl { color: var(--soft); font-size: 0.875rem; }
.panels {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(280px, 100%), 1fr));
  gap: 1.5rem 2rem;
  margin: 1rem 0;
}
.panels.small { grid-template-columns: repeat(auto-fill, minmax(140px, 1fr)); gap: 0.75rem 1rem; }
figure { margin: 0; min-width: 0; break-inside: avoid; }
figcaption { font-size: 0.875rem; font-weight: 600; overflow-wrap: anywhere; }
figcaption small { display: block; color: var(--soft); font-size: 0.75rem; font-weight: 400; }
.plot { display: block; width: 100%; max-width: 26rem; height: auto; font-size: 11px; overflow: visible; }
.plot text { white-space: pre; }
details { margin: 0.75rem 0; }
summary { cursor: pointer; color: var(--accent); font-size: 0.875rem; width: max-content; }
.scroll { overflow-x: auto; margin: 0.75rem 0 1.5rem; }
table { border-collapse: collapse; font-size: 0.8125rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: 0.25rem 0; }
th, td { padding: 0.15rem 0 0.15rem 1rem; text-align: right; white-space: nowrap; font-weight: 400; }
th:first-child { padding-left: 0; text-align: left; }
.text { text-align: left; }
thead > tr > * { color: var(--soft); border-bottom: 1px solid var(--ink); vertical-align: bottom; }
tbody tr + tr > * { border-top: 1px solid var(--line); }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.1rem 1rem; margin: 1rem 0; }
dt { color: var(--ink); }
dd { margin: 0; max-width: 46rem; overflow-wrap: break-word; }
pre { background: var(--shade); border-radius: 4px; padding: 0.5rem 0.75rem; overflow-x: auto; margin: 0.5rem 0; font-size: 0.8125rem; }
@media (max-width: 30rem) {
  dl { grid-template-columns: minmax(0, 1fr); }
  dd { margin: 0 0 0.4rem 1rem; }
}
`

/** How the page looks: on a screen, light or dark, wide or narrow; and on paper. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fff;
  --ink: #1b1d21;
  --soft: #5a6069;
  --line: #d9dce1;
  --shade: #f3f4f6;
  --accent: #0062b1;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #15171b;
    --ink: #e6e7e9;
    --soft: #a3a9b3;
    --line: #363b43;
    --shade: #1f2228;
    --accent: #66b5ff;
  }
}
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%; }
body {
  font: 16px/1.5 system-ui, sans-serif;
  max-width: 1180px;
  margin: 0 auto;
  padding: 2rem 1rem 4rem;
}
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.4rem; margin: 0 0 0.5rem; padding-top: 1rem; border-top: 2px solid var(--ink); }
h3 { font-size: 1.05rem; margin: 2rem 0 0; }
section { margin-top: 3.5rem; }
p { margin: 0.5rem 0; max-width: 46rem; overflow-wrap: break-word; }
a { color: var(--accent); }
nav { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin-top: 1rem; color: var(--soft); font-size: 0.875rem; }
${FIGURES}@media print {
  @page { margin: 14mm; }
  body { font-size: 10.5pt; padding: 0; max-width: none; }
  .panels { grid-template-columns: repeat(2, 1fr); }
  .panels.small { grid-template-columns: repeat(4, 1fr); }
  nav, summary { display: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .scroll { overflow: visible; }
  table { font-size: 7.5pt; }
  th, td { padding-left: 0.6em; }
  .scroll, tr, pre, h2, h3, .lead { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
  section + section { break-before: page; }
}
`
