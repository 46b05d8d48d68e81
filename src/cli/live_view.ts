/** The picture of a run on a terminal: pure functions from progress to lines. */
import { styleText } from "node:util";
import type { NodeProgress } from "../pipeline/progress.ts";
import { formatDuration } from "../report/timing.ts";

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
export function renderFrame(nodes: readonly NodeProgress[], screen: Screen): string[] {
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

function renderNode(node: NodeProgress, titleWidth: number, screen: Screen): string {
  const text = `${node.title.padEnd(titleWidth)}  ${describe(node)}`.trimEnd();
  const cut = text.slice(0, screen.columns - 3);
  switch (node.state) {
    case "waiting":
      return styleText("dim", `· ${cut}`);
    case "running":
      return `${styleText("cyan", spinner[screen.tick % spinner.length] ?? "*")} ${cut}`;
    case "failed":
      return `${styleText("red", "✗")} ${cut}`;
    case "done":
    case "reused":
      return `${styleText("green", "✓")} ${cut}`;
  }
}

/** What stands behind a node's title: `done in 12 s`, or a bar with rate, metrics and time left. */
export function describe(node: NodeProgress): string {
  switch (node.state) {
    case "waiting":
      return "";
    case "reused":
      return "already there";
    case "failed":
      return node.message?.split("\n")[0] ?? "failed";
    case "done":
      return formatDuration(node.seconds ?? 0);
    case "running":
      return node.progress ? `${bar(node)} ${describeProgress(node)}` : "starting";
  }
}

/** `47% 5,900 images/s loss 1.234, 12 s left`. */
export function describeProgress({ progress, rate, eta }: NodeProgress): string {
  if (!progress) return "";
  const { done, total, unit, metrics } = progress;
  const percent = `${String(Math.floor(100 * done / total)).padStart(3)}%`;
  return [
    percent,
    rate !== undefined && `${formatRate(rate)} ${unit}/s`,
    ...Object.entries(metrics ?? {}).map(([name, value]) => `${name} ${formatMetric(value)}`),
    eta !== undefined && `${formatDuration(Math.ceil(eta))} left`,
  ].filter(Boolean).join("  ");
}

function bar({ progress }: NodeProgress): string {
  const filled = progress ? Math.round(barWidth * progress.done / progress.total) : 0;
  return "█".repeat(filled) + "░".repeat(Math.max(0, barWidth - filled));
}

function formatRate(rate: number): string {
  return rate >= 10 ? Math.round(rate).toLocaleString("en") : rate.toFixed(1);
}

function formatMetric(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(4);
}
