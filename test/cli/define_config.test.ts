import { join } from "node:path";
import { expect } from "expect";
import { defineConfig, type Figure3Settings } from "clusterfit/config";
import { loadSettings } from "../../src/cli/load_config.ts";

Deno.test("defineConfig() gives the settings as they are", () => {
  expect(defineConfig({ k: [250, 500], training: { shift: 1 } }))
    .toEqual({ k: [250, 500], training: { shift: 1 } });
});

/** Not called: each line is checked with the types. */
export function typed() {
  defineConfig({ k: 1000, teacher: "hashtags", seeds: [1, 2] });
  defineConfig({ data: "photos", teacher: "timm:resnet18", target: { plants: "labelled" } });
  defineConfig<Figure3Settings>({ noise: 50, distillation: { alpha: 0.5 } });
  // @ts-expect-error it is `epochs`
  defineConfig({ epoch: 3 });
  // @ts-expect-error a number
  defineConfig({ k: "many" });
  // @ts-expect-error no key of a training
  defineConfig({ training: { rate: 0.1 } });
  // @ts-expect-error of Figure 3 alone
  defineConfig({ noise: 50 });
}

for (const module of ["clusterfit/config", "clusterfit"]) {
  Deno.test(`a config file outside of the checkout loads with defineConfig() of "${module}"`, async () => {
    const folder = await Deno.makeTempDir();
    const config = join(folder, "my.ts");
    await Deno.writeTextFile(
      config,
      `import { defineConfig } from "${module}"; export default defineConfig({ k: 7 });`,
    );
    expect(await loadSettings({ config, settings: [] })).toEqual({ k: 7 });
    await Deno.remove(folder, { recursive: true });
  });
}

Deno.test("defineConfig() comes with nothing that runs beside it", async () => {
  const info = await new Deno.Command(Deno.execPath(), {
    args: [
      "info",
      "--json",
      "--no-lock",
      join(import.meta.dirname!, "../../src/cli/define_config.ts"),
    ],
  }).output();
  const { modules } = JSON.parse(new TextDecoder().decode(info.stdout));
  const code = modules[0].dependencies.filter((one: { code?: unknown }) => one.code !== undefined);
  expect(code).toEqual([]);
});
