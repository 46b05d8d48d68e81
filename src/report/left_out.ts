/** Pictures that a run left out because they could not be decoded, and where they are listed. */
import { z } from "zod";
import { isThere } from "../pipeline/files.ts";
import { type RunFolder, runPaths } from "../pipeline/store.ts";

/** The bad ones among the pictures of one index. */
export interface LeftOut {
  /** Node id of the index: "pictures", "target.plants". */
  readonly node: string;
  /** Those that could not be decoded. */
  readonly bad: number;
  /** All pictures, the bad ones too. */
  readonly pictures: number;
  /** Path of the list of them, with the reasons. */
  readonly list: string;
}

/** As the stages write it that index pictures and videos. */
const indexed = {
  ...{ stages: ["pictures.index", "videos.index"], summary: "index.json", list: "bad.csv" },
  schema: z.object({ pictures: z.int(), bad: z.int() }),
};

/** Of each index of the run that left some out, and is there. */
export async function readLeftOut(run: RunFolder): Promise<LeftOut[]> {
  const found: LeftOut[] = [];
  for (const { id, stage } of run.record.nodes) {
    if (!indexed.stages.includes(stage) || !await isThere(runPaths(run.dir).artifact(id))) continue;
    const text = await Deno.readTextFile(await run.artifactFile(id, indexed.summary));
    const { pictures, bad } = indexed.schema.parse(JSON.parse(text));
    if (bad === 0) continue;
    const list = await run.artifactFile(id, indexed.list);
    found.push({ node: id, bad, pictures: pictures + bad, list });
  }
  return found;
}

/** `3 of 407 pictures left out as bad: .../bad.csv` */
export function leftOutText({ bad, pictures, list }: LeftOut): string {
  const [some, all] = [bad, pictures].map((count) => count.toLocaleString("en"));
  return `${some} of ${all} pictures left out as bad: ${list}`;
}
