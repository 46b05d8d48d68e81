/** How a run stands in a few numbers: how far, how long to go, how fast, and what it uses. */
import { html } from "hono/html";
import type { NodeStatus, RunStatus } from "../../pipeline/status.ts";
import { stagesDone } from "../../pipeline/status.ts";
import { formatBytes } from "../../report/bytes.ts";
import { formatDuration } from "../../report/duration.ts";
import type { Html } from "../../report/html.ts";
import type { TimeToGo } from "../../registry/time_to_go.ts";
import { count } from "../../results/count.ts";
import type { ProcessUse } from "../resources.ts";
import type { RunUse } from "../run_use.ts";
import { rateText } from "./stages.ts";

export function runFigures(
  status: RunStatus,
  toGo: TimeToGo | undefined,
  { process, gpu }: RunUse,
): Html {
  const done = stagesDone(status);
  const all = status.nodes.length;
  const [first, ...others] = throughput(status.nodes);
  const held = process ? gpu.processes.get(process.pid) : undefined;
  return html`
    <dl class="figures" id="figures">
      ${figure(
        "Stages done",
        `${done} of ${all}`,
        html`<progress value="${done}" max="${all || 1}" aria-label="Stages done"></progress>`,
      )}
      ${figure("Time at work", formatDuration(status.seconds))}
      ${toGo && figure("To go, about", formatDuration(toGo.seconds), without(toGo))}
      ${first !== undefined && figure("Throughput", first, others.join(", "))}
      ${process && figure("Memory", formatBytes(process.memory), `of process ${process.pid}`)}
      ${process && figure("CPUs busy", process.cpus?.toFixed(1) ?? "–", diskText(process))}
      ${process && gpu.gpus.map(({ index, name, utilization, memoryUsed, memoryTotal }) =>
        figure(
          `GPU ${index}`,
          utilization === null ? "–" : `${utilization}% busy`,
          [
            name,
            memoryUsed !== null && memoryTotal !== null &&
            `${formatBytes(memoryUsed)} of ${formatBytes(memoryTotal)}`,
            held !== undefined && `${formatBytes(held)} by this run`,
          ].filter(Boolean).join(" · "),
        )
      )}
    </dl>
  `;
}

function figure(name: string, value: string, more: unknown = false): Html {
  return html`
    <div>
      <dt>${name}</dt>
      <dd>${value} ${more && html`<small>${more}</small>`}</dd>
    </div>
  `;
}

function without({ unknown }: TimeToGo): string | false {
  return unknown > 0 && `and ${count(unknown, "stage")} of which nothing is known yet`;
}

/** What the stages that run now do in a second, summed for each unit. */
function throughput(nodes: readonly NodeStatus[]): string[] {
  const running = nodes.filter(({ state, rate }) => state === "running" && rate !== undefined);
  return [...Map.groupBy(running, ({ unit = "" }) => unit)]
    .map(([unit, ones]) =>
      rateText({ rate: ones.reduce((sum, { rate }) => sum + rate!, 0), unit })
    );
}

function diskText({ disk }: ProcessUse): string | false {
  return disk !== null &&
    `disk: ${formatBytes(disk.written)} written, ${formatBytes(disk.read)} read`;
}
