/** The examples in the documentation of what `mod.ts` exports: found, run, and held to what they promise. */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect } from "expect";
import { findInterpreter } from "clusterfit/python";
import { currentEnvironment } from "../../tasks/lib/environment.ts";
import { writeFinishedRun } from "../registry/folders.ts";

const { root } = currentEnvironment();

export interface Example {
  readonly file: string;
  readonly code: string;
  /** Whether it needs Python, or the run that the example of `buildGraph` makes. */
  readonly slow: boolean;
}

const slow = /startEngine|readVersions|extractFeatures|fitNetwork|probeNetwork|"runs|"report\.html/;

/** The code blocks in comments of the files that `mod.ts` re-exports; first the one that makes a run. */
export async function examples(): Promise<Example[]> {
  const exported = await readFile(`${root}/mod.ts`, "utf8");
  const files = [...exported.matchAll(/ from "\.\/(.+)";$/gm)].map(([, file]) => file!);
  const found = await Promise.all([...new Set(files)].map(async (file) => {
    const text = await readFile(`${root}/${file}`, "utf8");
    return [...text.matchAll(/^ \* ```ts\n([^]*?)^ \* ```/gm)].map(([, block]) => {
      const code = block!.replace(/^ \* ?/gm, "");
      return { file, code, slow: slow.test(code) };
    });
  }));
  const makesRun = ({ code }: Example) => code.includes("buildGraph(");
  return found.flat().toSorted((a, b) => Number(makesRun(b)) - Number(makesRun(a)));
}

/** A status server of the folder "served", at the address that examples name, without a port. */
const server = `
import { createApp } from "${root}/src/server/app.ts";
const app = createApp({ out: "served" });
const ask = globalThis.fetch;
globalThis.fetch = (input, init = {}) => {
  const { host } = new URL(input);
  if (host !== "127.0.0.1:8000") return ask(input, init);
  const headers = new Headers(init.headers);
  headers.set("host", host);
  return app.request(input, { ...init, headers });
};`;

/** Runs them in one process, one after the other, in an empty folder; each prints what its comments say. */
export async function expectPrinted(examples: readonly Example[]): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [index, { code }] of examples.entries()) {
      await Deno.writeTextFile(join(folder, `${index}.ts`), code);
    }
    const mark = "--- next example";
    const all = examples.map((_, index) =>
      `console.log("${mark}"); await import("./${index}.ts");`
    );
    await writeFinishedRun(join(folder, "served"), "mine");
    await Deno.writeTextFile(join(folder, "all.ts"), [server, ...all].join("\n"));
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", "--no-check", "--config", join(root, "deno.json"), "all.ts"],
      cwd: folder,
      env: { NO_COLOR: "1", VIRTUAL_ENV: dirname(dirname(findInterpreter().executable)) },
    }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    const [, ...printed] = new TextDecoder().decode(stdout).split(`${mark}\n`);
    expect(printed).toHaveLength(examples.length);
    for (const [index, { file, code }] of examples.entries()) {
      expect({ file, ...promisedAndPrinted(code, printed[index]!) }).toMatchObject({ missing: [] });
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The lines that comments behind `console.log` promise, and those of them that were not printed in that order. */
export function promisedAndPrinted(
  code: string,
  stdout: string,
): { printed: string[]; missing: string[] } {
  const printed = stdout.split("\n");
  let from = 0;
  const promised = [...code.matchAll(/^ *console\.log\(.*\); \/\/ (.*)$/gm)].map(([, line]) =>
    line!
  );
  const missing = promised.filter((line) => {
    const at = printed.indexOf(line, from);
    if (at >= 0) from = at + 1;
    return at < 0;
  });
  return { printed, missing };
}
