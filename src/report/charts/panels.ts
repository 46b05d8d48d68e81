/** Charts side by side in one SVG file that needs nothing but itself: light and dark, with a legend. */
import { html, raw } from "hono/html";
import { colourScheme } from "../style.ts";
import { wrap } from "../wrap.ts";
import { type Chart, renderSvg } from "./chart.ts";
import { type Line, lineSample } from "./line.ts";

/** Pixels of one panel. */
export const panelSize = { width: 300, height: 230 } as const;

const perRow = 3;
const gap = 24;
const margin = 12;
/** Letters of a panel's title on one line, and the height of that line. */
const titleWidth = 46;
const titleLine = 16;
const legendRow = 24;
/** About the width of a letter of the legend, pixels. */
const letter = 6.7;

export interface Panels {
  /** Accessible name. */
  readonly title: string;
  /** Below the legend. */
  readonly note: string;
  readonly panels: readonly Chart[];
  readonly lines: readonly Line[];
}

export async function panelsSvg({ title, note, panels, lines }: Panels): Promise<string> {
  const titles = panels.map(({ title }) => wrap(title, titleWidth));
  const heading = Math.max(...titles.map((lines) => lines.length)) * titleLine + 8;
  const columns = Math.min(perRow, panels.length);
  const rows = Math.ceil(panels.length / perRow);
  const width = 2 * margin + columns * panelSize.width + (columns - 1) * gap;
  const drawn = await Promise.all(panels.map(({ spec }) => renderSvg(spec)));
  const below = margin + rows * (heading + panelSize.height + gap);
  const { items, height: legendHeight } = arrange(lines, width - 2 * margin);
  const height = below + legendHeight + legendRow + margin;
  const svg = await html`
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}"
      role="img"
      font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif"
      font-size="12">
      <title>${title}</title>
      <desc>${panels.map(({ title, description }) => `${title}: ${description}`).join(" ")}</desc>
      <style>${raw(colourScheme)}</style>
      <rect width="100%" height="100%" fill="var(--paper)"/>
      ${titles.map((lines, at) => {
        const x = margin + (at % perRow) * (panelSize.width + gap);
        const y = margin + Math.floor(at / perRow) * (heading + panelSize.height + gap);
        return html`
          ${lines.map((text, line) =>
            html`
              <text x="${x}" y="${y + 13 +
                line * titleLine}" fill="var(--ink)" font-weight="600">${text}</text>
            `
          )}
          <svg x="${x}" y="${y + heading}" width="${panelSize.width}" height="${panelSize
            .height}" viewBox="${drawn[at]!.viewBox}"
            overflow="visible">${raw(drawn[at]!.content)}</svg>
        `;
      })}
      ${items.map(({ line, x, y }) =>
        html`
          <svg x="${margin + x}" y="${below + y}" width="28" height="12" overflow="visible">${raw(
            lineSample(line),
          )}</svg>
          <text x="${margin + x + 36}" y="${below + y + 10}" fill="var(--ink)">${line.title}</text>
        `
      )}
      <text x="${margin}" y="${below + legendHeight + 10}" fill="var(--muted)">${note}</text>
    </svg>
  `;
  return `${svg.trim().replace(/\n\s*/g, "\n")}\n`;
}

/** Places of the legend's items, from left to right and then below. */
function arrange(lines: readonly Line[], width: number) {
  let [x, y] = [0, 0];
  const items = lines.map((line) => {
    const needed = 36 + line.title.length * letter + 20;
    if (x > 0 && x + needed > width) [x, y] = [0, y + legendRow];
    const item = { line, x: Math.round(x), y };
    x += needed;
    return item;
  });
  return { items, height: y + legendRow };
}
