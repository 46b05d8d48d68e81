/** `clusterfit datasets`: the data sets of the paper, and whether one is there as a whole. */
import { Command, InvalidArgumentError } from "commander";
import { Notes } from "../../data/pictures/notes.ts";
import { countListing, isWhole, sizeText } from "../../data/published/complete.ts";
import { publishedSets, type PublishedSpec, publishedSpec } from "../../data/published/list.ts";
import { openPublished } from "../../data/published/open.ts";
import { datasetsText } from "../datasets_text.ts";
import { addHelp } from "../help.ts";
import { untilInterrupted } from "../interrupt.ts";
import { createOutput, type Output } from "../output.ts";
import type { Subcommand } from "./command.ts";

export const datasets: Subcommand = {
  name: "datasets",
  about: "the data sets of the paper: layouts, sizes, and what a copy lacks",
  async run(args) {
    const command = addHelp(
      new Command("clusterfit datasets")
        .description(
          "List the data sets of the paper: how each has to lie on the disk, its size, its metric, and what the " +
            "paper does with it (docs/DATA.md). With a folder, say whether it is whole, and name all that is missing.\n" +
            "  deno task clusterfit datasets voc07:~/VOCdevkit",
        )
        .argument("[name:folder]", "a data set, and where it lies", spec)
        .option("--json", "print the result as JSON", false),
    );
    command.parse([...args], { from: "user" });
    const { json } = command.opts<{ json: boolean }>();
    const output = createOutput({ json });
    const [asked] = command.processedArgs as [PublishedSpec | undefined];
    if (asked) return await checkOne(asked, output, json);
    output.result(json ? JSON.stringify(publishedSets) : datasetsText(publishedSets));
    return 0;
  },
};

/** 0 where it is whole, else 1. */
async function checkOne(
  { set, path }: PublishedSpec,
  output: Output,
  json: boolean,
): Promise<number> {
  const notes = new Notes();
  return await untilInterrupted(async (signal) => {
    const listing = await openPublished(set, path, { signal, notes, subset: true });
    const found = countListing(listing);
    const whole = isWhole(found, set.size);
    const { missing } = listing;
    output.result(
      json ? JSON.stringify({ name: set.name, whole, found, missing, notes: notes.lines() }) : [
        `${set.title}: ${sizeText(found, set.samples)}`,
        whole ? "It is whole." : `It needs ${sizeText(set.size, set.samples)}.`,
        ...missing.map((name) => `missing: ${name}`),
      ].join("\n"),
    );
    return whole ? 0 : 1;
  });
}

function spec(text: string): PublishedSpec {
  const known = publishedSpec(text);
  if (known) return known;
  const names = publishedSets.map(({ name }) => name).join(", ");
  throw new InvalidArgumentError(`It needs <name>:<folder>, a name of ${names}, got "${text}".`);
}
