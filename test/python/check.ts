/** `deno check` on snippets. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const config = fileURLToPath(new URL("../../deno.json", import.meta.url));

/** What `deno check` complains about in each TypeScript text, by its name; nothing where all is well. */
export async function check(
  texts: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const folder = await Deno.makeTempDir();
  try {
    const names = Object.keys(texts);
    const files = names.map((_, at) => join(folder, `${at}.ts`));
    for (const [at, file] of files.entries()) await Deno.writeTextFile(file, texts[names[at]!]!);
    const { stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["check", "--quiet", `--config=${config}`, ...files],
      env: { NO_COLOR: "1" },
    }).output();
    const said = new TextDecoder().decode(stderr);
    if (!/^(TS\d+ |$)/.test(said)) throw new Error(`deno check did not get to the types: ${said}`);
    const complaints: Record<string, string> = {};
    for (const text of said.split(/^(?=TS\d+ )/m)) {
      const [, at] = /^ {4}at file:.*\/(\d+)\.ts:/m.exec(text) ?? [];
      if (at !== undefined) complaints[names[Number(at)]!] = text;
    }
    return complaints;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
