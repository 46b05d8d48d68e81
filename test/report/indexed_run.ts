/** A finished run of pictures, some of which were bad. */
import { join } from "node:path";
import { artifactKey, sealArtifact } from "../../src/pipeline/artifact.ts";
import { RunFolder, runPaths } from "../../src/pipeline/store.ts";
import { record, summary } from "./fixture.ts";
import { sealSummary } from "./summary_artifact.ts";

/** A run of two indexes that are there, one with three bad pictures and one with none, and one that is not. */
export async function indexedRun() {
  const dir = await Deno.makeTempDir();
  await sealSummary(dir, { ...summary, networks: [], clusterings: [] });
  for (const [node, bad] of [["pictures", 3], ["target.plants", 0]] as const) {
    const path = runPaths(dir).artifact(node);
    await Deno.mkdir(path, { recursive: true });
    await Deno.writeTextFile(join(path, "index.json"), JSON.stringify({ pictures: 1404, bad }));
    await Deno.writeTextFile(join(path, "bad.csv"), "name,reason\n");
    const made = { stage: "pictures.index", version: 1, config: { node }, inputs: {} };
    const sealed = { ...made, kind: "dataset", key: artifactKey(made) };
    await sealArtifact(path, sealed, ["index.json", "bad.csv"]);
  }
  const nodes = ["pictures", "target.plants", "target.failed"].map((id) => ({
    ...{ id, stage: "pictures.index", title: "", inputs: [], serves: [] },
  }));
  return {
    run: new RunFolder(dir, { ...record, nodes }),
    list: join(runPaths(dir).artifact("pictures"), "bad.csv"),
    [Symbol.asyncDispose]: () => Deno.remove(dir, { recursive: true }),
  };
}
