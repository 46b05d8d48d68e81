/** The picture of a run on a terminal: pure functions from progress to lines. */
import { styleText } from "node:util";
import type { NodeStatus } from "../pipeline/status.ts";
import { formatDuration } from "../report/duration.ts";

const barWidth = 20;
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
  const waiting = nodes.filter(({ state }) => state === "waiting");
  const shown = nodes.length + 2 <= screen.rows ? nodes : running;
  const titleWidth = Math.max(...nodes.map(({ title }) => title.length));
  const footer = `${nodes.length - running.length - waiting.length} of ${nodes.length} stages ` +
    "done · Ctrl-C stops; the same command goes on";
  return [
    ...shown.slice(0, screen.rows - 2).map((node) => renderNode(node, titleWidth, screen)),
    styleText("dim", footer.slice(0, screen.columns - 1)),
  ];
}

function renderNode(node: NodeStatus, titleWidth: number, screen: Screen): string {
  const text = `${node.title.padEnd(titleWidth)}  ${describe(node)}`.trimEnd();
  const cut = text.slice(0, screen.columns - 3);
  switch (node.state) {
    case "waiting":
    case "stopped":
      return styleText("dim", `· ${cut}`);
    case "running":
      return `${styleText("cyan", spinner[screen.tick % spinner.length] ?? "*")} ${cut}`;
    case "failed":
      return `${styleText("red", "✗")} ${cut}`;
    case "finished":
    case "reused":
      return `${styleText("green", "✓")} ${cut}`;
  }
}

/** What stands behind a node's title: `12 s`, or a bar with rate, metrics and time left. */
export function describe(node: NodeStatus): string {
  switch (node.state) {
    case "waiting":
      return "";
    case "reused":
      return "already there";
    case "stopped":
      return "stopped";
    case "failed":
      return node.message?.split("\n")[0] ?? "failed";
    case "finished":
      return formatDuration(node.seconds ?? 0);
    case "running":
      return node.total === undefined ? "starting" : `${bar(node)} ${describeProgress(node)}`;
  }
}

/** `47%  5,900 images/s  loss 1.234  12 s left`. */
export function describeProgress({ done, total, unit, metrics, rate, eta }: NodeStatus): string {
  if (done === undefined || total === undefined) return "";
  return [
    `${String(Math.floor(100 * done / total)).padStart(3)}%`,
    rate !== undefined && `${formatRate(rate)} ${unit}/s`,
    ...Object.entries(metrics ?? {}).map(([name, value]) => `${name} ${formatMetric(value)}`),
    eta !== undefined && `${formatDuration(Math.ceil(eta))} left`,
  ].filter(Boolean).join("  ");
}

function bar({ done = 0, total = 1 }: NodeStatus): string {
  const filled = Math.round(barWidth * done / total);
  return "█".repeat(filled) + "░".repeat(Math.max(0, barWidth - filled));
}

function formatRate(rate: number): string {
  return rate >= 10 ? Math.round(rate).toLocaleString("en") : rate.toFixed(1);
}

function formatMetric(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(4);
}
