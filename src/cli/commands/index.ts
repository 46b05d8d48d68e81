/** `clusterfit index`: every picture or video decoded once, before a run is planned on them. */
import { resolve } from "node:path";
import { Command } from "commander";
import { indexCollection, writeIndex } from "../../data/pictures/index_collection.ts";
import { badFile } from "../../data/pictures/bad_pictures.ts";
import { indexFile } from "../../data/pictures/indexed.ts";
import { summaryFile } from "../../data/pictures/index_summary.ts";
import { extrasOfCollection, openCollection } from "../../data/pictures/open.ts";
import { startEngine } from "../../engine/mod.ts";
import { makeFolder } from "../../pipeline/run.ts";
import { once } from "../../steps/step_options.ts";
import { addHelp } from "../help.ts";
import { indexText } from "../index_text.ts";
import { untilInterrupted } from "../interrupt.ts";
import { path } from "../options.ts";
import { createOutput } from "../output.ts";
import { progressLine } from "../progress_line.ts";
import type { Subcommand } from "./command.ts";

export const index: Subcommand = {
  name: "index",
  about: "decode all pictures or videos once: counts, sizes, duplicates, bad files",
  async run(args, { install }) {
    const command = addHelp(
      new Command("clusterfit index")
        .description(
          "Decode every picture once, and say how many there are, which are bad and why (docs/DATA.md).\n" +
            "  deno task clusterfit index ~/photos --out photos-index",
        )
        .argument("<data>", "a folder of pictures, a table of paths, tar shards, ...", path)
        .option(
          "--clips",
          "videos as rows, as networks of clips read them; else frames of them",
          false,
        )
        .option("--out <folder>", "writes index.jsonl, index.json and bad.csv there", path)
        .option("--json", "print the result as one JSON object, with all bad files", false),
    );
    command.parse([...args], { from: "user" });
    const { out, json, clips } = command.opts<{ out?: string; json: boolean; clips: boolean }>();
    return await indexData(command.args[0]!, { out, json, clips, install });
  },
};

async function indexData(
  data: string,
  { out, json, clips, install }: {
    readonly out: string | undefined;
    readonly json: boolean;
    readonly clips: boolean;
    readonly install: Parameters<Subcommand["run"]>[1]["install"];
  },
): Promise<number> {
  const output = createOutput({ json });
  return await untilInterrupted(async (signal) => {
    if (out !== undefined) await makeFolder(resolve(out)); // told before all is decoded
    await install(clips ? ["av"] : await extrasOfCollection(data, signal));
    const engine = once(startEngine);
    const collection = await openCollection(data, { signal, engine, clips, subset: true });
    const index = await indexCollection(collection, await engine(), {
      signal,
      progress: progressLine(output, "Index"),
    });
    if (out !== undefined) await writeIndex(out, index);
    const { bad, summary } = index;
    output.result(
      json
        ? JSON.stringify({ given: data, ...summary, left: collection.notes, files: bad })
        : indexText(collection, summary, bad),
    );
    if (out !== undefined) {
      output.line(
        `Wrote ${[indexFile, summaryFile, badFile].join(", ")} to ${resolve(out)}`,
      );
    }
    return 0;
  });
}
