import { readFile } from "node:fs/promises";
import { expect } from "expect";
import { promisedAndPrinted } from "../docs/examples.ts";
import { inChild, testWith } from "./support.ts";

const at = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), "utf8");
const blocks = (text: string) =>
  [...text.matchAll(/^```ts\n([^]*?)^```/gm)].map(([, code]) => code!);

/** The code blocks of each section, by its heading. */
const sections = (text: string) =>
  text.split(/^#+ (?=.*\n)/m).map((section) => [section.split("\n")[0]!, blocks(section)] as const);

/** What of the libraries that the pages show an example imports, from JS or in Python source. */
const librariesOf = (code: string) =>
  [...code.matchAll(/\bimport(?: |\(")(numpy|pandas|matplotlib|sklearn|torch)\b/g)]
    .map(([, library]) => library!);

/** Runs an example; what the comments behind its `console.log` promise is printed, in that order. */
async function check(code: string): Promise<void> {
  const { code: status, stdout, stderr } = await inChild(code, { bare: true });
  expect([status, stderr]).toEqual([0, ""]);
  expect(promisedAndPrinted(code, stdout)).toMatchObject({ missing: [] });
}

for (const page of ["BRIDGE.md", "COMING_FROM.md"]) {
  for (const [heading, examples] of sections(await at(`docs/${page}`))) {
    for (const [index, code] of examples.entries()) {
      const name = `${page}, ${heading}: example ${index + 1} runs`;
      testWith([...new Set(librariesOf(code))], name, () => check(code));
    }
  }
}

Deno.test("the example of the module's documentation runs", async () => {
  const [code] = blocks((await at("src/python/mod.ts")).replace(/^ \* ?/gm, ""));
  await check(code!);
});

Deno.test("the files and tests that the documents name are there", async () => {
  const lost: string[] = [];
  for (const page of ["ARCHITECTURE.md", "BRIDGE.md", "COMING_FROM.md", "OWNERSHIP.md"]) {
    const text = await at(`docs/${page}`);
    for (const [, path] of text.matchAll(/`((?:docs|py|src|tasks|test)\/[\w./]+\.\w+)`/g)) {
      await Deno.stat(new URL(`../../${path}`, import.meta.url)).catch(() => lost.push(path!));
    }
    for (const [, file, name] of text.matchAll(/ `(test\/\S+\.test\.ts)` +\| (.*\S) +\|$/gm)) {
      if (!(await at(file!)).includes(name!)) lost.push(`${file}: ${name}`);
    }
  }
  expect(lost).toEqual([]);
});
