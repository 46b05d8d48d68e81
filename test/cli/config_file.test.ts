import { join } from "node:path";
import { expect } from "expect";
import { findConfigFile, withConfigFile } from "../../src/cli/config_file.ts";
import { parseOptions } from "../../src/cli/options.ts";

async function folderWith(...names: string[]): Promise<AsyncDisposable & { path: string }> {
  const path = await Deno.makeTempDir();
  for (const name of names) await Deno.writeTextFile(join(path, name), "{}");
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

Deno.test("the config file of a folder is the TypeScript one, then the JSON one, and no other", async () => {
  await using both = await folderWith("clusterfit.config.json", "clusterfit.config.ts");
  expect(await findConfigFile(both.path)).toBe(join(both.path, "clusterfit.config.ts"));
  await using json = await folderWith("clusterfit.config.json");
  expect(await findConfigFile(json.path)).toBe(join(json.path, "clusterfit.config.json"));
  await using none = await folderWith("my.config.ts");
  expect(await findConfigFile(none.path)).toBeUndefined();
});

Deno.test("a folder of that name is no config file", async () => {
  await using folder = await folderWith();
  await Deno.mkdir(join(folder.path, "clusterfit.config.ts"));
  expect(await findConfigFile(folder.path)).toBeUndefined();
});

Deno.test("the folder's config file is taken, and said, where none is named", async () => {
  await using folder = await folderWith("clusterfit.config.ts");
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const path = join(folder.path, "clusterfit.config.ts");
  expect((await withConfigFile(parseOptions([]), say, folder.path)).config).toBe(path);
  expect(said).toEqual([
    `Config    ${path}, because it is in this folder; --config names another one`,
  ]);
  const named = parseOptions(["--config", "other.json"]);
  expect(await withConfigFile(named, say, folder.path)).toEqual(named);
  expect(said).toHaveLength(1);
});
