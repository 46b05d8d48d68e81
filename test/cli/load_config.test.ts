import { join } from "node:path";
import { expect } from "expect";
import { loadConfig } from "../../src/cli/load_config.ts";

async function configFile(name: string, text: string): Promise<string> {
  const path = join(await Deno.makeTempDir(), name);
  await Deno.writeTextFile(path, text);
  return path;
}

Deno.test("loadConfig() reads JSON and TypeScript, and settings win over both", async () => {
  const json = await configFile("a.json", '{ "k": 7, "training": { "shift": 1 } }');
  expect(await loadConfig({ config: json, settings: [{ key: "k", value: 8 }] }))
    .toMatchObject({
      asked: { k: 8, training: { shift: 1 } },
      config: { k: 8, training: { shift: 1, momentum: 0.9 } },
    });
  const typescript = await configFile("a.ts", "const k: number = 9;\nexport default { k };");
  expect(await loadConfig({ config: typescript, settings: [] })).toMatchObject({
    config: { k: 9 },
  });
});

const broken: [name: string, text: string, says: RegExp][] = [
  ["broken.json", "{ k: 7 }", /Reading the config file .*broken\.json failed/],
  ["list.json", "[7]", /needs to hold one object/],
  ["typo.json", '{ "kk": 7 }', /Unknown key "kk". Did you mean k\?/],
  ["nothing.ts", "export const k = 7;", /needs to hold one object/],
];

for (const [name, text, says] of broken) {
  Deno.test(`loadConfig() says what is wrong with ${name}`, async () => {
    await expect(loadConfig({ config: await configFile(name, text), settings: [] })).rejects
      .toMatchObject({ name: "UserError", message: expect.stringMatching(says) });
  });
}
