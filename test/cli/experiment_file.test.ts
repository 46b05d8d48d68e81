import { join } from "node:path";
import { expect } from "expect";
import { isExperimentFile, readExperimentFile } from "../../src/cli/experiment_file.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const layers = new URL("../extending/layers_of_k.ts", import.meta.url);

/** Reads `text` as a file in a folder of its own; `import layers` gives it the experiment of docs/EXTENDING.md. */
async function read(text: string, taken: readonly string[] = []) {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "mine.ts");
  await Deno.writeTextFile(path, `import layers from ${JSON.stringify(layers.href)};\n${text}`);
  return await readExperimentFile(path, new Set(taken));
}

Deno.test("a file of code is told from the name of an experiment and from an option", () => {
  for (const file of ["mine.ts", "./a/b.js", "/x/y.mts"]) expect(isExperimentFile(file)).toBe(true);
  for (const other of ["figure3", "--config=my.ts", "my.json", "ts"]) {
    expect(isExperimentFile(other)).toBe(false);
  }
});

Deno.test("the experiment of a file is its default export", async () => {
  const { name, scales } = await read('export default { ...layers, name: "mine" };', ["figure3"]);
  expect([name, Object.keys(scales)]).toEqual(["mine", ["small"]]);
});

const wrong: readonly (readonly [what: string, text: string, message: string])[] = [
  ["no default export", "export const mine = layers;", "it needs a default export, found none"],
  ["a config", "export default { k: 500 };", "of its name: "],
  ["no plan", "export default { ...layers, plan: 3 };", "of its plan: it needs a function"],
  [
    "a name for no file",
    'export default { ...layers, name: "../a" };',
    "of its name: it needs small",
  ],
  [
    "no scales",
    "export default { ...layers, scales: {} };",
    "of its scales: it needs one at least",
  ],
  ["another's name", "export default layers;", 'it needs a name of its own, found "layers-of-k"'],
  [
    "a key without a default",
    'import { experimentConfig } from "clusterfit"; import { z } from "zod";' +
    "export default { ...layers, name: 'm', schema: experimentConfig({ rate: z.number() }) };",
    "its schema needs a default for each key, found none for rate",
  ],
  ["code that throws", 'throw new Error("my own");', "my own at file:///"],
  ["code that throws no error", 'throw "text";', ": text. docs"],
  ["an import of nothing", 'import x from "./none.ts"; export default x;', "Module not found"],
  ["no syntax", "export default {;", "mine.ts:2"],
];

for (const [what, text, message] of wrong) {
  Deno.test(`an experiment file with ${what} is refused with its reason`, async () => {
    const error = await read(text, ["layers-of-k"]).catch((error: Error) => error) as Error;
    expect(error).toMatchObject({ name: "UserError", message: expect.stringContaining(message) });
    expect(error.message).toMatch(
      /^Cannot take the experiment of .*mine\.ts: .*EXTENDING\.md has one to start from\.$/s,
    );
  });
}
