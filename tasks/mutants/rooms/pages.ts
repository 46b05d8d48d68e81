/** What the pages of the server show of a run. */
import type { Listed } from "../mutant.ts";

export const pages: readonly Listed[] = [
  {
    id: "pages-time-to-go-workers",
    file: "src/registry/time_to_go.ts",
    find: "scheduleNodes(timed, workers)",
    replace: "scheduleNodes(timed, timed.length)",
    breaks: "a run is said to end as if all of its stages ran at once",
    tests: ["test/registry/time_to_go.test.ts"],
  },
  {
    id: "pages-log-end",
    file: "src/registry/log_page.ts",
    find: "const end = Math.min(asked, (await handle.stat()).size);",
    replace: "const end = (await handle.stat()).size;",
    breaks: "the page of older events shows the newest again",
    tests: ["test/registry/log_page.test.ts"],
  },
  {
    id: "pages-graph-detours",
    file: "src/server/pages/graph/layout.ts",
    find: "!ones.some((other) => above[other]!.has(one))",
    replace: "one >= 0",
    breaks: "the graph has a line from each stage to the summary",
    tests: ["test/server/pages/graph.test.ts"],
  },
  {
    id: "pages-curves-pause",
    file: "src/server/pages/curves.ts",
    find: "if (last && isMoving && this.#now() < last.after) return last.charts;",
    replace: "",
    breaks: "ten viewers of a run have its curves drawn without a pause",
    tests: ["test/server/pages/curves.test.ts"],
  },
  {
    id: "pages-gpu-pause",
    file: "src/server/resources.ts",
    find: "at - this.#gpus.at >= gpuPause",
    replace: "at >= 0",
    breaks: "nvidia-smi is started for each look at a page",
    tests: ["test/server/resources.test.ts"],
  },
  {
    id: "pages-shown-epochs",
    file: "src/server/pages/shown_state.ts",
    find: "    curves.map(({ points }) => [points.length, points.at(-1)]),\n",
    replace: "",
    breaks: "a page that is kept does not show the epochs that came since",
    tests: ["test/server/pages/shown_state.test.ts"],
  },
];
