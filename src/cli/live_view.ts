/** A run as it stands on a terminal: pure functions from progress to lines. */
import { styleText } from "node:util";
import { type NodeStatus, stagesDone } from "../pipeline/status.ts";
import { formatDuration } from "../report/duration.ts";

const barWidth = 20;
/** Percentage and time left at their longest: kept free for them on any row. */
const timeWidth = "100%  59 min 59 s left".length;
const spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

export interface Screen {
  readonly columns: number;
  readonly rows: number;
  /** Turns the spinner. */
  readonly tick: number;
}

/** The lines of one frame, none wider than the screen and no more than it has rows. Where all nodes do
 * not fit, those at work stay and the others are counted. */
export function renderFrame(nodes: readonly NodeStatus[], screen: Screen): string[] {
  const running = nodes.filter(({ state }) => state === "running");
  const shown = nodes.length + 2 <= screen.rows ? nodes : running;
  const titleWidth = Math.min(
    Math.max(...nodes.map(({ title }) => title.length)),
    Math.max(0, screen.columns - 3 - 2 - timeWidth),
  );
  const footer = `${stagesDone({ nodes })} of ${nodes.length} stages done · ` +
    "Ctrl-C stops; the same command goes on";
  return [
    ...shown.slice(0, screen.rows - 2).map((node) => renderNode(node, titleWidth, screen)),
    styleText("dim", footer.slice(0, screen.columns - 1)),
  ];
}

function renderNode(node: NodeStatus, titleWidth: number, screen: Screen): string {
  const width = screen.columns - 3;
  const title = cut(node.title, titleWidth).padEnd(titleWidth);
  const text = cut(`${title}  ${describe(node, width - titleWidth - 2)}`.trimEnd(), width);
  switch (node.state) {
    case "waiting":
    case "elsewhere":
    case "not-run":
    case "stopped":
    case "interrupted":
      return styleText("dim", `· ${text}`);
    case "running":
      return `${styleText("cyan", spinner[screen.tick % spinner.length] ?? "*")} ${text}`;
    case "failed":
      return `${styleText("red", "✗")} ${text}`;
    case "finished":
    case "reused":
      return `${styleText("green", "✓")} ${text}`;
  }
}

/** What stands behind a node's title: `12 s`, or a bar with time left, rate and metrics. Where `room` is
 * short the bar shrinks, and what comes last is left out. */
export function describe(node: NodeStatus, room = Infinity): string {
  switch (node.state) {
    case "waiting":
      return "";
    case "reused":
      return "already there";
    case "elsewhere":
      return "another run makes it";
    case "stopped":
    case "interrupted":
      return node.state;
    case "failed":
      return `failed: ${node.message?.split("\n")[0]}`;
    case "not-run":
      return `not run: ${node.message}`;
    case "finished":
      return formatDuration(node.seconds ?? 0);
    case "running": {
      if (node.total === undefined) return "starting";
      const drawn = bar(node, Math.min(barWidth, room - timeWidth - 1));
      return drawn + describeProgress(node, room - drawn.length);
    }
  }
}

/** `47%  12 s left  5,900 images/s  loss 1.234`, as much of it as `room` has place for. */
export function describeProgress(
  { done, total, unit, metrics, rate, eta }: NodeStatus,
  room = Infinity,
): string {
  if (done === undefined || total === undefined) return "";
  const fields = [
    `${String(Math.floor(100 * done / total)).padStart(3)}%`,
    eta !== undefined && `${formatDuration(Math.ceil(eta))} left`,
    rate !== undefined && `${formatRate(rate)} ${unit}/s`,
    ...Object.entries(metrics ?? {}).map(([name, value]) => `${name} ${formatMetric(value)}`),
  ].filter((field) => field !== false);
  while (fields.length > 1 && fields.join("  ").length > room) fields.pop();
  return fields.join("  ");
}

/** With the space behind it; nothing where there is no room. */
function bar({ done = 0, total = 1 }: NodeStatus, width: number): string {
  if (width < 1) return "";
  const filled = Math.round(width * done / total);
  return "█".repeat(filled) + "░".repeat(Math.max(0, width - filled)) + " ";
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

function formatRate(rate: number): string {
  return rate >= 10 ? Math.round(rate).toLocaleString("en") : rate.toFixed(1);
}

function formatMetric(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(4);
}
