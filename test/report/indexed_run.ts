/** A finished run of pictures, some of which were bad. */
import { join } from "node:path";
import { badFile } from "../../src/data/pictures/bad_pictures.ts";
import { indexPictures } from "../../src/data/pictures/index_stage.ts";
import { indexVideos } from "../../src/data/pictures/videos_stage.ts";
import { summaryFile } from "../../src/data/pictures/index_summary.ts";
import { artifactKey, sealArtifact } from "../../src/pipeline/artifact.ts";
import { RunFolder, runPaths } from "../../src/pipeline/store.ts";
import { toyCollection } from "../data/pictures/toy_collection.ts";
import { record, summary } from "./fixture.ts";
import { sealSummary } from "./summary_artifact.ts";

/** The report may not import what indexes pictures and videos: what it takes for its names has to be them. */
const stages = {
  pictures: indexPictures(toyCollection([]), 0).name,
  videos: indexVideos(toyCollection([]), 0).name,
};

/** A run of two indexes that are there, one with three bad pictures and one with none, and one that is not. */
export async function indexedRun(of: keyof typeof stages = "pictures") {
  const stage = stages[of];
  const dir = await Deno.makeTempDir();
  await sealSummary(dir, { ...summary, networks: [], clusterings: [] });
  for (const [node, bad] of [["pictures", 3], ["target.plants", 0]] as const) {
    const path = runPaths(dir).artifact(node);
    await Deno.mkdir(path, { recursive: true });
    await Deno.writeTextFile(join(path, summaryFile), JSON.stringify({ pictures: 1404, bad }));
    await Deno.writeTextFile(join(path, badFile), "name,reason\n");
    const made = { stage, version: 1, config: { node }, inputs: {} };
    const sealed = { ...made, kind: "dataset", key: artifactKey(made) };
    await sealArtifact(path, sealed, [summaryFile, badFile]);
  }
  const nodes = ["pictures", "target.plants", "target.failed"].map((id) => ({
    ...{ id, stage, title: "", inputs: [], serves: [] },
  }));
  return {
    run: new RunFolder(dir, { ...record, nodes }),
    list: join(runPaths(dir).artifact("pictures"), badFile),
    [Symbol.asyncDispose]: () => Deno.remove(dir, { recursive: true }),
  };
}
