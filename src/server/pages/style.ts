/** What the server's pages add to the style of reports. */
export const serverStyle = `
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; }
.top { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin-bottom: 1.25rem; font-size: .87rem; }
.top a { text-decoration: none; }
.top a:hover, .top a[aria-current] { text-decoration: underline; }
.top b { font-weight: 650; }
#notice { color: var(--lost); font-size: .87rem; }
#notice:not(:empty) { position: sticky; top: 0; z-index: 2; padding: .4rem 0; background: var(--paper); }
.offline main { opacity: .6; }
:is(a, button, input, select, summary, [tabindex]):focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }

progress { width: 100%; min-width: 5rem; height: .5rem; border: 0; border-radius: 3px; overflow: hidden; appearance: none; background: var(--line); vertical-align: middle; }
progress::-webkit-progress-bar { background: var(--line); }
progress::-webkit-progress-value { background: var(--accent); }
progress::-moz-progress-bar { background: var(--accent); }
.state-finished, .state-reused { color: var(--won); }
.state-failed, .state-damaged { color: var(--lost); }
.state-running { color: var(--accent); }
.state-waiting, .state-stopped, .state-elsewhere, .state-not-run { color: var(--muted); }
.state-interrupted { color: var(--warned-text); }
:root { --warned-text: #8a5a00; }
@media screen and (prefers-color-scheme: dark) { :root { --warned-text: #dda842; } }

.fields { display: flex; flex-wrap: wrap; align-items: end; gap: .5rem .9rem; margin: .25rem 0 1rem; font-size: .87rem; }
.fields label { display: grid; gap: .1rem; color: var(--muted); }
.fields input { width: 18rem; max-width: 100%; }
:is(input[type=search], select, button) { height: 2.2rem; padding: 0 .65rem; border: 1px solid var(--line); border-radius: 5px; background: var(--wash); color: var(--ink); font: inherit; }
button { cursor: pointer; }
.under { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1.25rem; margin-top: 1rem; font-size: .87rem; }
.under .note { margin: 0; }

.runs th, .runs td { text-align: left; }
.runs thead td { border-bottom-color: var(--muted); }
.runs td:first-child { width: 1.6rem; padding-right: .3rem; }
.runs td:nth-child(2) { white-space: normal; }
.runs small, .stages small { color: var(--muted); }
.runs small { display: block; overflow-wrap: anywhere; }
.runs code span { display: inline-block; max-width: 100%; vertical-align: top; }
.runs input { width: 1rem; height: 1rem; accent-color: var(--accent); }
.spark { display: block; width: 96px; height: 24px; overflow: visible; }
.spark path { fill: none; stroke: var(--accent); stroke-width: 1.5; stroke-linejoin: round; }
.spark circle { fill: var(--accent); }

.contents { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .5rem 0 1rem; padding: 0; list-style: none; font-size: .87rem; }
.contents [aria-current] { color: var(--ink); font-weight: 600; text-decoration: none; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(8.75rem, 1fr)); gap: .9rem 1.25rem; margin: 1rem 0 1.5rem; }
.figures dt { color: var(--muted); font-size: .82rem; }
.figures dd { margin: 0; font-size: 1.08rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.figures dd small { display: block; font-size: .82rem; font-weight: 400; line-height: 1.4; color: var(--muted); overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
.message { padding: .6rem .9rem; border-left: 3px solid var(--lost); background: var(--wash); white-space: pre-wrap; overflow-wrap: anywhere; }

.graph { margin-top: .75rem; padding-bottom: .5rem; overflow-x: auto; }
.graph svg { display: block; max-width: none; }
.graph .lines path { fill: none; stroke: var(--line); stroke-width: 1.5; }
.box text { fill: var(--ink); font-size: 11.5px; }
.box .state { fill: var(--muted); font-size: 11px; }
.box rect { fill: var(--wash); stroke: var(--line); }
.box .done { stroke: none; fill: var(--won); }
.box:focus-visible { outline: none; }
.box:is(:hover, :focus-visible) rect:first-of-type { stroke: var(--accent); stroke-width: 2; }
.box-running rect:first-of-type { stroke: var(--accent); }
.box-running .done { fill: var(--accent); }
.box-running .state { fill: var(--accent); }
.box-failed rect:first-of-type { stroke: var(--lost); }
.box-failed .state { fill: var(--lost); }
:is(.box-finished, .box-reused) .state { fill: var(--won); }
.box-waiting rect, .box-not-run rect { stroke-dasharray: 3 3; fill: none; }
.box-waiting .done, .box-not-run .done { stroke-dasharray: none; fill: var(--won); }

.stages th:nth-child(-n+3), .stages td:nth-child(-n+3), .stages th:last-child, .stages td:last-child { text-align: left; }
.stages td:first-child { width: 36%; }
.stages td:nth-child(2) { width: 16%; }
.stages td:last-child { min-width: 12rem; color: var(--muted); white-space: normal; }
.stages small { margin-left: .35rem; overflow-wrap: anywhere; }
.stages tr:target, details:target > summary { background: var(--wash); }
details > summary { padding: .3rem 0; cursor: pointer; font-size: .87rem; }
details > summary small { margin-left: .5rem; color: var(--muted); }
.folded { border-bottom: 1px solid var(--line); }
.folded table { margin: .2rem 0 .8rem 1rem; width: calc(100% - 1rem); }

.log { margin: .5rem 0; padding: 0; list-style: none; font: .8rem/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
.log li { display: flex; gap: 1rem; overflow-wrap: anywhere; }
.log time { flex: none; color: var(--muted); }
.log .bad span { color: var(--lost); }
.log .progress span { color: var(--muted); }
.scroll { max-height: 22rem; overflow: auto; }
.files td, .files th { text-align: left; white-space: normal; overflow-wrap: anywhere; }
.files td:nth-child(2), .files th:nth-child(2) { text-align: right; white-space: nowrap; }

@media screen and (max-width: 56rem) {
  .stages thead, .runs thead { display: none; }
  .stages tr, .runs tr { display: flex; flex-wrap: wrap; gap: .1rem 1rem; padding: .6rem 0; border-bottom: 1px solid var(--line); }
  .stages td, .runs td { padding: 0; border: 0; }
  .stages td:empty, .runs td:empty { display: none; }
  .stages td:nth-child(-n+2), .stages td:last-child { flex: 1 0 100%; }
  .runs tr { align-items: center; }
  .runs td:nth-child(2) { flex: 1 0 calc(100% - 3.5rem); }
  .fields label:first-child, .fields input { width: 100%; }
  .log li { display: block; }
  .log time { margin-right: .5rem; }
  .folded table { margin-left: 0; width: 100%; }
}
@media print { .top, .fields, .under, .skip { display: none; } .scroll { max-height: none; } }
`;
