import { readFile } from "node:fs/promises";
import { expect } from "expect";
import { inChild, testWith } from "./support.ts";

const blocks = (text: string) =>
  [...text.matchAll(/^```ts\n([^]*?)^```/gm)].map(([, code]) => code!);
const at = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), "utf8");

/** Runs an example and checks its output against the comments at the ends of its lines. */
async function check(code: string): Promise<void> {
  const { code: status, stdout, stderr } = await inChild(code, { bare: true });
  expect([status, stderr]).toEqual([0, ""]);
  for (const [, promised] of code.matchAll(/^console\.log\(.*\/\/ (.*)$/gm)) {
    if (!promised!.startsWith("now")) expect(stdout).toContain(promised);
  }
}

for (const code of blocks(await at("docs/BRIDGE.md"))) {
  const name = /^(?!import|await|$).*\S/m.exec(code)?.[0].trim();
  const modules = [...code.matchAll(/python\.import\("(.+?)"\)/g)].map(([, module]) => module!);
  testWith(modules, `the guide's example runs: ${name}`, () => check(code));
}

Deno.test("the example of the module's documentation runs", async () => {
  const [code] = blocks((await at("src/python/mod.ts")).replace(/^ \* ?/gm, ""));
  await check(code!);
});
