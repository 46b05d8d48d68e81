/** The stages of a run as a drawing: what stands on what, and how far each is. */
import { html, raw } from "hono/html";
import type { Html } from "../../../report/html.ts";
import { type Box, progressText, shareOf, stateOf } from "./boxes.ts";
import { layOut, type Placed } from "./layout.ts";

const box = { width: 122, height: 54 };
const gap = { width: 24, height: 12 };
/** Room for the ring around a box that has the focus. */
const margin = 4;
/** Letters in a line of a box. */
const lineLength = 17;

/** Scrolls by itself where it is wider than the page. */
export function graphDrawing(boxes: readonly Box[]): Html {
  const { boxes: places, lines, columns, rows } = layOut(boxes.map(({ inputs }) => inputs));
  const width = columns * (box.width + gap.width) - gap.width + 2 * margin;
  const height = rows * (box.height + gap.height) - gap.height + 2 * margin;
  const paths = lines.map(({ from, to, way }) => path(places[from]!, way, places[to]!));
  return html`
    <div class="graph" id="graph" tabindex="0" role="region" aria-label="Stages as a graph">
      <svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="group"
        aria-label="Each box leads to its row in the table of stages">
        <g class="lines">${raw(paths.map((d) => `<path d="${d}"/>`).join(""))}</g>
        ${boxes.map((one, at) => drawing(one, places[at]!))}
      </svg>
    </div>
  `;
}

function drawing(one: Box, place: Placed): Html {
  const { x, y } = corner(place);
  const { id, title, nodes } = one;
  const state = stateOf(one);
  const told = progressText(one);
  const share = nodes.reduce((sum, node) => sum + shareOf(node), 0) / Math.max(1, nodes.length);
  const [first, second] = wrap(title);
  const count = nodes.length > 1 ? `${nodes.length} × ` : "";
  const text = (dy: number, content: string, name = "") =>
    html`<text x="${x + 9}" y="${y + dy}" class="${name}">${content}</text>`;
  return html`
    <a href="#stage-${id}" class="box box-${state}"
      aria-label="${count}${title}: ${told}">
      <title>${count}${title}: ${told}</title>
      <rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="6"/>
      <rect class="done" x="${x + 1}" y="${y + box.height - 5}" width="${round(
        share * (box.width - 2),
      )}" height="4" rx="2"/>
      ${text(16, first!)} ${second && text(29, second)} ${text(
        44,
        `${marks[state] ?? "·"} ${told}`,
        "state",
      )}
    </a>
  `;
}

/** Beside the words, so that no colour is needed to find the one that failed. */
const marks: Readonly<Record<string, string>> = {
  ...{ finished: "✓", reused: "✓", running: "▸", failed: "✕", stopped: "‖", elsewhere: "▹" },
  ...{ interrupted: "‖", "not-run": "–" },
};

function corner({ column, row }: Placed): { x: number; y: number } {
  return {
    x: margin + column * (box.width + gap.width),
    y: margin + round(row * (box.height + gap.height)),
  };
}

/** From the right side of a box over places between to the left side of another one. */
function path(from: Placed, way: readonly Placed[], to: Placed): string {
  const middle = box.height / 2;
  const start = corner(from);
  let [x, y] = [start.x + box.width, start.y + middle];
  let d = `M${x} ${y}`;
  for (const [at, place] of [...way, to].entries()) {
    const next = corner(place);
    const half = gap.width / 2;
    d += ` C${x + half} ${y} ${next.x - half} ${next.y + middle} ${next.x} ${next.y + middle}`;
    [x, y] = [next.x, next.y + middle];
    if (at === way.length) break;
    x += box.width;
    d += ` H${x}`;
  }
  return d;
}

/** Up to two lines; what does not fit is cut, and in the title of the box. */
function wrap(title: string): string[] {
  if (title.length <= lineLength) return [title];
  const space = title.lastIndexOf(" ", lineLength);
  const cut = space < lineLength / 3 ? lineLength : space;
  const rest = title.slice(cut).trim();
  return [
    title.slice(0, cut),
    rest.length > lineLength ? `${rest.slice(0, lineLength - 1)}…` : rest,
  ];
}

const round = (value: number) => Math.round(10 * value) / 10;
