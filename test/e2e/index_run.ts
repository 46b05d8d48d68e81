/** Indexes a folder in a process of its own, which a test may kill:
 *
 *     deno run -A test/e2e/index_run.ts <folder> <out> packed|files <maxBad>
 *
 * A line for each step of progress, and `done` once the artifact is in `<out>/run/artifacts/photos`. */
import { join } from "node:path";
import { indexNode } from "../../src/data/pictures/index_stage.ts";
import { openCollection } from "../../src/data/pictures/open.ts";
import { startEngine } from "../../src/engine/mod.ts";
import { runGraph } from "../../src/pipeline/runner.ts";

const [folder = "", out = "", layout = "", maxBad = ""] = Deno.args;
const { signal } = new AbortController();
const collection = await openCollection(folder, { signal, engine: () => startEngine() });
const photos = indexNode(collection, {
  decoding: { side: 64, interpolation: "bilinear" },
  pack: layout === "packed",
  maxBad: Number(maxBad),
  versions: {},
}, { id: "photos", title: "Index" });
const dir = join(out, "run");
await Deno.mkdir(dir, { recursive: true });
const { failures } = await runGraph({
  ...{ dir, out, nodes: [photos], workers: 1, signal, origins: new Map() },
  origin: { run: "run", command: [], versions: {}, hardware: {}, began: "" },
  services: async () => ({ engine: await startEngine() }),
  onEvent(event) {
    if (event.type === "progress") console.log(event.done);
    if (event.type === "damaged") console.log(event.message);
  },
});
const [failure] = failures;
console.log(failure ? (failure.error as Error).message : "done");
