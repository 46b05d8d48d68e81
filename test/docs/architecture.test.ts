/** The map of docs/ARCHITECTURE.md, from a line on the terminal to its file, against the files. */
import { readFile, stat } from "node:fs/promises";
import { expect } from "expect";
import { sourceFiles } from "../../tasks/lib/source_files.ts";
import { currentEnvironment } from "../../tasks/lib/environment.ts";

const { root } = currentEnvironment();
const read = (file: string) => readFile(`${root}/${file}`, "utf8");
const isPath = (word: string) => /[./]/.test(word);
const quoted = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, word]) => word!);

interface Row {
  /** Quoted: lines as they are printed. */
  readonly lines: readonly string[];
  /** Files, folders, and behind a file the functions in it. */
  readonly places: readonly string[];
  /** Files that stand above the table, for every row of it. */
  readonly shared: readonly string[];
}

/** The rows of the map, table by table. */
function rowsOf(page: string): Row[] {
  const [, map = ""] = page.match(/^## From a line on the terminal to its file\n([^]*?)^## /m) ??
    [];
  return map.split(/^### /m).slice(1).flatMap((section) => {
    const [, ...rows] = section.split("\n").filter((line) => line.startsWith("| "));
    const shared = quoted(section.split(/^\|/m)[0]!).filter(isPath);
    return rows.filter((row) => !row.startsWith("| --")).map((row) => {
      const [, lines = "", places = ""] = row.split("|");
      return { lines: quoted(lines), places: quoted(places), shared };
    });
  });
}

/** Source on one line, with the parts of a long string joined. */
const joined = (source: string) =>
  source.replace(/["'`](?: \+)?\s*\n\s*f?["'`]/g, "").replace(/\s+/g, " ");

/** The fixed words of a line, in their order and close to each other. */
const pattern = (line: string) =>
  new RegExp(line.split("...").map((words) => RegExp.escape(words.trim())).join("[^]{0,150}?"));

const rows = rowsOf(await read("docs/ARCHITECTURE.md"));
const mapped = new Set(rows.flatMap(({ places, shared }) => [...places, ...shared]).filter(isPath));

Deno.test("each line on the map is in a file of its row", async () => {
  const lost: string[] = [];
  for (const { lines, places, shared } of rows) {
    const files = [...places, ...shared].filter((word) => /\.\w+$/.test(word));
    const sources = await Promise.all(files.map(async (file) => joined(await read(file))));
    for (const line of lines) {
      if (!sources.some((source) => pattern(line).test(source))) {
        lost.push(`"${line}" is in none of ${files.join(", ")}`);
      }
    }
  }
  expect(rows).not.toEqual([]);
  expect(lost).toEqual([]);
});

Deno.test("the places on the map are there, and the functions in the file that they stand behind", async () => {
  const lost: string[] = [];
  for (const { places } of rows) {
    let file = "";
    for (const place of places) {
      if (isPath(place)) {
        file = place;
        await stat(`${root}/${place}`).catch(() => lost.push(place));
      } else if (!new RegExp(`(?:function|const|class|def) ${place}\\b`).test(await read(file))) {
        lost.push(`${file} ${place}`);
      }
    }
  }
  expect(lost).toEqual([]);
});

Deno.test("each file that words an error or a line of progress is on the map", async () => {
  const words =
    /(?:(?:User|Engine|Interpreter|Input|File)Error|NonFinite\w+|console\.(?:log|error)|say|screen\.write|output\.line)\(\s*f?["'`]/;
  const files = [...sourceFiles(root, "src"), ...sourceFiles(root, "tasks"), ...await python()];
  const worded: string[] = [];
  for (const file of files) if (words.test(await read(file))) worded.push(file);
  expect(worded.filter((file) => !mapped.has(file))).toEqual([]);
});

async function python(folder = "py/clusterfit"): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(`${root}/${folder}`));
  const files = entries.map(({ name, isDirectory }) => {
    if (isDirectory) return python(`${folder}/${name}`);
    return Promise.resolve(name.endsWith(".py") ? [`${folder}/${name}`] : []);
  });
  return (await Promise.all(files)).flat();
}
