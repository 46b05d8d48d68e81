/** What a page of clusters adds to the style of reports. */
export const clustersStyle = `
.picture { display: block; width: 3.75rem; height: 3.75rem; border-radius: 3px; background: var(--wash); outline: 1px solid var(--line); outline-offset: -1px; }
.pixelated .picture { image-rendering: pixelated; }
.controls { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1.25rem; padding: .75rem 0; background: var(--paper); border-bottom: 1px solid var(--line); font-size: .87rem; }
.controls[hidden] { display: none; }
.controls input, .controls select, .controls button { padding: .3rem .6rem; border: 1px solid var(--line); border-radius: 5px; background: var(--wash); color: inherit; font: inherit; }
.controls input { width: 15rem; max-width: 60vw; }
.controls button:not(:disabled) { cursor: pointer; }
.controls button:disabled { opacity: .45; }
.controls output { margin-left: auto; color: var(--muted); font-variant-numeric: tabular-nums; }
:is(input, select, button, a, .cluster):focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.cluster { padding: .9rem 0 1.1rem; border-bottom: 1px solid var(--line); scroll-margin-top: 4rem; }
.cluster h3 { margin: 0 0 .45rem; }
.cluster h3 small { margin-left: .5rem; font-weight: 400; }
.strips { display: flex; flex-wrap: wrap; gap: .75rem 1.75rem; }
.strip { max-width: none; }
.strip figcaption { margin-bottom: .25rem; font-size: .78rem; }
.strip ul, .row { display: flex; flex-wrap: wrap; gap: .25rem; margin: 0; padding: 0; list-style: none; }
.strip li, .row li { text-align: center; font-size: .78rem; line-height: 1.3; }
.row { gap: .35rem; margin-top: .75rem; }
.groups { display: flex; flex-wrap: wrap; gap: 1rem 1.75rem; margin: .75rem 0 0; padding: 0; list-style: none; font-size: .78rem; }
.groups > li > p { margin: 0 0 .25rem; color: var(--muted); }
h2 { scroll-margin-top: 1rem; }
.contents { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0; padding: 0; list-style: none; font-size: .87rem; }
@media print { .controls { display: none; } .cluster { break-inside: avoid; } }
`;
