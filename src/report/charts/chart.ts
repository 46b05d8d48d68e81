/** Vega-Lite on the server: a specification in, an accessible SVG for both colour schemes out. */
import { html, raw } from "hono/html";
import { parse, View } from "vega";
import { compile, type Config, type TopLevelSpec } from "vega-lite";
import type { ArmFacts } from "../../results/study.ts";
import { armColours } from "../colours.ts";
import type { Html } from "../html.ts";

export interface Chart {
  /** Caption above the chart and its accessible name. */
  readonly title: string;
  /** What a person who cannot see the chart should know. */
  readonly description: string;
  readonly spec: TopLevelSpec;
}

/** Colour by the arm in the field `arm`; the page has a legend of its own. */
export function armColour(arms: readonly ArmFacts[]) {
  const colours = armColours(arms);
  return {
    field: "arm",
    type: "nominal",
    legend: null,
    scale: { domain: [...colours.keys()], range: [...colours.values()] },
  } as const;
}

/** Width of every chart, so that their letters have one size. */
export const chartWidth = 440;

/** A `<figure>` with the chart; needs the styles of `style.ts`. */
export async function figure({ title, description, spec }: Chart): Promise<Html> {
  const { viewBox, content } = await renderSvg(spec);
  return html`
    <figure>
      <figcaption>${title}</figcaption>
      <svg viewBox="${viewBox}" role="img">
        <title>${title}</title>
        <desc>${description}</desc>
        <g aria-hidden="true">${raw(content)}</g>
      </svg>
    </figure>
  `;
}

/** The drawing without its outer element. */
export async function renderSvg(spec: TopLevelSpec): Promise<{ viewBox: string; content: string }> {
  const view = new View(parse(compile(spec, { config }).spec), { renderer: "none" });
  const svg = await view.toSVG();
  view.finalize();
  const [, viewBox, content] = svg.match(/^<svg [^>]*viewBox="([^"]*)"[^>]*>(.*)<\/svg>$/s) ?? [];
  if (viewBox === undefined || content === undefined) {
    throw new Error("Cannot draw a chart: Vega gave no SVG.");
  }
  return { viewBox, content };
}

const config: Config = {
  aria: false,
  autosize: { type: "fit", contains: "padding" },
  background: undefined,
  padding: 2,
  font: "inherit",
  view: { stroke: null },
  axis: {
    labelColor: "var(--muted)",
    labelFontSize: 12,
    labelPadding: 6,
    titleColor: "var(--muted)",
    titleFontSize: 12,
    titleFontWeight: "normal",
    gridColor: "var(--line)",
    domainColor: "var(--line)",
    ticks: false,
  },
  axisX: { grid: false },
  legend: { labelColor: "var(--muted)", labelFontSize: 12, symbolBaseStrokeColor: "var(--muted)" },
  axisY: { domain: false },
};
