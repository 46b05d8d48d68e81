import { join } from "node:path";
import { expect } from "expect";
import { configText, writeNew } from "../../../src/cli/init/write.ts";
import { loadSettings } from "../../../src/cli/load_config.ts";

Deno.test("the file is formatted, and read back it gives the settings", async () => {
  const settings = {
    ...{ data: 'a "b": {\n', k: 7, seeds: [1, 2] },
    target: { "my-plants": "x", birds: "y" },
  };
  const folder = await Deno.makeTempDir();
  const config = join(folder, "my.ts");
  await writeNew(config, configText(settings));
  expect(await loadSettings({ config, settings: [] })).toEqual(settings);
  await writeNew(join(folder, "plain.ts"), configText({ k: 7, target: { a: "x" } }));
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--check", "--no-config", join(folder, "plain.ts")],
    ...{ stdout: "null", stderr: "null" },
  }).output();
  expect(success).toBe(true);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a file that is there is not overwritten", async () => {
  const path = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(path, "mine");
  await expect(writeNew(path, "ours")).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringContaining(`Cannot write ${path}: it needs a new file`),
  });
  expect(await Deno.readTextFile(path)).toBe("mine");
  await Deno.remove(path);
});
