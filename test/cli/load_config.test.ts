import { join } from "node:path";
import { expect } from "expect";
import { loadSettings } from "../../src/cli/load_config.ts";

async function configFile(name: string, text: string): Promise<string> {
  const path = join(await Deno.makeTempDir(), name);
  await Deno.writeTextFile(path, text);
  return path;
}

Deno.test("loadSettings() reads JSON and TypeScript, and settings win over both", async () => {
  const json = await configFile(
    "a.json",
    '{ "$schema": "./s.json", "k": 7, "training": { "shift": 1 } }',
  );
  expect(await loadSettings({ config: json, settings: [{ key: "k", value: 8 }] }))
    .toEqual({ k: 8, training: { shift: 1 } });
  const typescript = await configFile("a.ts", "const k: number = 9;\nexport default { k };");
  expect(await loadSettings({ config: typescript, settings: [] })).toEqual({ k: 9 });
});

const deep = '{"a":'.repeat(20_000) + "1" + "}".repeat(20_000);
const broken: [name: string, text: string, says: RegExp][] = [
  ["broken.json", "{ k: 7 }", /Cannot read the config file .*broken\.json/],
  ["empty.json", "", /Unexpected end of JSON input\. It needs JSON/],
  ["list.json", "[7]", /it needs one object/],
  ["deep.json", deep, /nested more than 100 levels deep/],
  ["large.json", `{ "k": 7 }${" ".repeat(1e6)}`, /more than 1,000,000 bytes/],
  ["nothing.ts", "export const k = 7;", /has no `export default`/],
  ["null.ts", "export default null;", /it needs one object/],
  ["throws.ts", 'throw new Error("my own"); export default {};', /: my own\. It needs/],
  ["throws-null.ts", "throw null; export default {};", /: null\. It needs/],
  ["exit.ts", "Deno.exit(0);", /: it called Deno.exit\(0\)\. It needs/],
  ["syntax.ts", "export default {", /^Cannot read the config file [^]*Unexpected token/],
  [
    "import.ts",
    'import x from "./nowhere.ts"; export default x;',
    /Module not found "[^"]*nowhere.ts" at/,
  ],
  ["bigint.ts", "export default { k: 5n };", /but k is a bigint/],
  ["circle.ts", "const a: any = {}; a.a = a; export default a;", /but a holds itself/],
  [
    "deep.ts",
    "let a: any = 1; for (let i = 0; i < 2e4; i++) a = { a }; export default a;",
    /100 levels/,
  ],
  ["map.ts", 'export default new Map([["k", 3]]);', /but it is a Map/],
  [
    "function.ts",
    "export default { training: { shift: () => 3 } };",
    /training.shift is a function/,
  ],
  ["date.ts", "export default { seeds: new Date() };", /but seeds is a Date/],
  ["class.ts", "class Mine { k = 3 }\nexport default new Mine();", /but it is a Mine/],
  ["getter.ts", 'export default { get k() { throw new Error("get") } };', /: get\. It needs/],
];

for (const [name, text, says] of broken) {
  Deno.test(`loadSettings() says what is wrong with ${name}`, async () => {
    const error = await loadSettings({ config: await configFile(name, text), settings: [] })
      .catch((error: Error) => error) as Error;
    expect(error).toMatchObject({ name: "UserError", message: expect.stringMatching(says) });
    expect(error.message).not.toMatch(/^\s+at |\.\. /m);
  });
}

for (
  const [name, text] of [
    ["never.ts", "await new Promise(() => {}); export default {};"],
    ["loop.ts", "while (true);"],
  ] as const
) {
  Deno.test(`loadSettings() ends ${name}, which would never end`, async () => {
    const config = await configFile(name, text);
    await expect(loadSettings({ config, settings: [] }, 0.5)).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringContaining(": it did not come to an end within 0.5 s"),
    });
  });
}

Deno.test("loadSettings() is not disturbed by what a config file leaves behind", async () => {
  const config = await configFile(
    "loose.ts",
    'setInterval(() => {}, 10); Promise.reject(new Error("loose")); export default { k: 7 };',
  );
  expect(await loadSettings({ config, settings: [] })).toEqual({ k: 7 });
});

Deno.test("loadSettings() takes no setting that JSON cannot hold", async () => {
  const settings = [{ key: "k", value: JSON.parse(`${"[".repeat(2e4)}${"]".repeat(2e4)}`) }];
  await expect(loadSettings({ settings })).rejects.toThrow("nested more than 100 levels deep");
  await expect(loadSettings({ settings: [{ key: "k", value: Infinity }] })).rejects
    .toThrow("k is Infinity");
});
