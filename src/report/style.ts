/** The one style sheet of report and status pages: light, dark, narrow, print. No external fonts. */

/** The colours that charts and pages name, in light and dark. */
export const colourScheme = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --wash: #f6f7f9; --ink: #1c2127; --muted: #626c7a; --line: #e2e6eb;
  --accent: #2463c2; --won: #18733c; --lost: #b3261e; --warned: #c48a1f;
  --teacher-0: #98a1ae; --teacher-1: #5f7487; --teacher-2: #b59f88;
  --control-0: #c48a1f; --control-1: #8a63b0; --control-2: #2f8f83; --control-3: #b8577a;
  --candidate-0: #2463c2; --candidate-1: #0b8457; --candidate-2: #c2410c;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #14171b; --wash: #1c2026; --ink: #e4e7eb; --muted: #98a1ae; --line: #2c323a;
    --accent: #6aa5ff; --won: #5fcf90; --lost: #ff8f85; --warned: #dda842;
    --teacher-0: #858f9d; --teacher-1: #a9bccd; --teacher-2: #cbb59e;
    --control-0: #dda842; --control-1: #b899d8; --control-2: #5cc4b6; --control-3: #e08cab;
    --candidate-0: #6aa5ff; --candidate-1: #4fcf97; --candidate-2: #ff9a62;
  }
}
`;

export const style = `${colourScheme}
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%; }
body {
  max-width: 66rem; margin: 0 auto; padding: 3rem 1.5rem 5rem;
  font: .9375rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
}
h1 { margin: 0 0 .6rem; font-size: 1.75rem; line-height: 1.2; font-weight: 650; letter-spacing: -.015em; }
h2 { margin: 3.25rem 0 .35rem; font-size: 1.1rem; font-weight: 650; letter-spacing: -.005em; }
h3 { margin: 1.5rem 0 .35rem; font-size: .95rem; font-weight: 650; }
p { margin: 0 0 .75rem; max-width: 46rem; }
a { color: var(--accent); text-underline-offset: .15em; }
.eyebrow, .note, figcaption, caption, small, .facts dt { color: var(--muted); }
.eyebrow { margin-bottom: .35rem; font-size: .85rem; }
.note { font-size: .87rem; }
.verdict { margin-bottom: 1.25rem; max-width: 50rem; font-size: 1.12rem; line-height: 1.5; }
.won { color: var(--won); }
.lost { color: var(--lost); }

.legend { display: flex; flex-wrap: wrap; gap: .15rem 1.5rem; margin: .5rem 0 1rem; padding: 0; list-style: none; font-size: .87rem; color: var(--muted); }
.legend b { color: var(--ink); font-weight: 600; }
b.swatch { white-space: nowrap; }
.swatch::before { content: ""; display: inline-block; width: .7em; height: .7em; margin-right: .5em; border-radius: 2px; background: var(--swatch); print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.legend svg { width: 28px; height: 12px; margin-right: .5em; vertical-align: -1px; overflow: visible; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.statements, .missing { max-width: 46rem; margin: .5rem 0 1rem; padding-left: 1.2rem; font-size: .87rem; }
.statements li { margin-bottom: .3rem; }
.wide { min-width: 0; overflow-x: auto; }
.wide thead th { white-space: normal; }
.wide tbody th { white-space: nowrap; }
.charts + .wide { margin-top: 1.25rem; }
.claims th small { display: block; font-size: .82rem; font-weight: 400; }
.claims th, .claims td { text-align: left; white-space: normal; }
.claims tbody th { width: 34%; font-weight: 600; }
.claims .outcome { width: 16%; font-weight: 600; }
.claims .outcome small { display: block; }

.results + .note, .claims + .note { margin-top: .85rem; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { padding-bottom: .5rem; text-align: left; font-size: .87rem; }
th, td { padding: .5rem .6rem; border-bottom: 1px solid var(--line); text-align: right; vertical-align: baseline; white-space: nowrap; }
th { font-weight: 600; }
thead th { border-bottom-color: var(--muted); font-size: .87rem; vertical-align: bottom; }
th:first-child, td:first-child { padding-left: 0; text-align: left; white-space: normal; }
td:last-child, th:last-child { padding-right: 0; }
td small { font-size: .82rem; font-weight: 400; }
.results th small { display: block; font-size: .8rem; font-weight: 400; }
.results .group th { padding-top: 1.1rem; font-size: .87rem; color: var(--muted); }
.results th:first-child { width: 38%; }
.results th .note { font-weight: 400; }
.results .point { padding-left: 1rem; font-weight: 400; }
.results .best { font-weight: 650; }
.results .outcome { font-size: .87rem; font-weight: 600; }
.compared td { white-space: normal; overflow-wrap: anywhere; }
.compared-runs { margin: 1rem 0; padding: 0; list-style: none; }
.compared-runs li { margin-bottom: .6rem; overflow-wrap: anywhere; }
.compared-runs small { display: block; }
.wide + .note { margin-top: .85rem; }

.charts + .note { margin-top: 1rem; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr)); gap: 1.5rem 3rem; margin-top: 1rem; align-items: start; }
figure { margin: 0; max-width: 34rem; break-inside: avoid; }
figcaption { margin-bottom: .4rem; font-size: .87rem; }
.charts svg { display: block; width: 100%; height: auto; overflow: visible; }
svg text { font-family: inherit; font-variant-numeric: tabular-nums; }

.sheet { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr)); gap: 1rem 2.5rem; margin-top: 1rem; }
.sheet figcaption { margin-bottom: .2rem; font-size: .82rem; overflow-wrap: anywhere; }
.sheet figcaption b { color: var(--ink); font-weight: 600; }
.sheet svg { display: block; width: 100%; height: auto; border-radius: 3px; }
.sheet-source { position: absolute; width: 0; height: 0; }
.sheet-source image { image-rendering: pixelated; }

pre { margin: .5rem 0 1rem; padding: .85rem 1rem; border-radius: 6px; background: var(--wash); overflow-x: auto; font: .84rem/1.55 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
.facts { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: .1rem 1.25rem; margin: .5rem 0 0; font-size: .87rem; }
.facts dt, .facts dd { margin: 0; overflow-wrap: anywhere; }
.facts dd { font-variant-numeric: tabular-nums; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 21rem), 1fr)); gap: 0 2.5rem; align-items: start; }
.compact { font-size: .87rem; }
.narrow { max-width: 40rem; }
.compact tbody th { font-weight: 400; }
.compact th, .compact td { padding-block: .2rem; }

@media screen and (max-width: 56rem) {
  body { padding: 1.75rem 1.1rem 3rem; }
  h1 { font-size: 1.45rem; }
  .verdict { font-size: 1.05rem; }
  .results thead { display: none; }
  .results tr { display: grid; grid-template-columns: repeat(3, 1fr); gap: .35rem .75rem; padding: .85rem 0; border-bottom: 1px solid var(--line); }
  .results th, .results td { padding: 0; border: 0; text-align: left; }
  .results th, .results th:first-child { grid-column: 1 / -1; width: auto; }
  .results td::before { content: attr(data-label); display: block; font-size: .78rem; color: var(--muted); font-weight: 400; }
  .results .group th { padding: 0; }
}
@media print {
  html { font-size: 11px; }
  body { max-width: none; padding: 0; }
  h2 { margin-top: 1.75rem; break-after: avoid; }
  tr, pre, .facts { break-inside: avoid; }
  pre { border: 1px solid var(--line); white-space: pre-wrap; }
  a { color: inherit; text-decoration: none; }
}
`;
