import { expect } from "expect";
import { plainTable } from "../../src/cli/plain_table.ts";
import { shellCommand } from "../../src/report/shell.ts";

const heads = ["name", "n", "text"];
const rows = [["a", 5, "a long text that is cut"], ["longer", 1234, null]];

Deno.test("columns are as wide as they need, numbers to the right, without blanks at the end", () => {
  expect(plainTable(heads, rows, { width: Infinity })).toEqual([
    "name       n  text",
    "a          5  a long text that is cut",
    "longer  1234",
  ]);
  expect(plainTable(heads, [], { width: Infinity })).toEqual(["name  n  text"]);
});

Deno.test("the widest column is cut first, and no line is wider than asked for", () => {
  expect(plainTable(heads, rows, { width: 30 })[1]).toBe("a          5  a long text tha…");
  for (const width of [1, 5, 10, 20, 30]) {
    for (const line of plainTable(heads, rows, { width })) {
      expect(line.length).toBeLessThanOrEqual(width);
    }
  }
});

Deno.test("the first columns are kept whole as long as others can be cut", () => {
  const wide = [["a-name-that-is-long", 1, "short text"]];
  expect(plainTable(heads, wide, { width: 30, keep: 2 })[1]).toBe("a-name-that-is-long  1  short…");
});

Deno.test("a shell reads the words that were meant", async () => {
  const words = ["deno", "task", "a b", "it's", "$HOME", "", "k=[1,2]", "~/x", "ä"];
  const script = `printf '%s\\0' ${shellCommand(words)}`;
  const { stdout } = await new Deno.Command("sh", { args: ["-c", script] }).output();
  expect(new TextDecoder().decode(stdout).split("\0")).toEqual([...words, ""]);
  expect(shellCommand(["deno", "task", "clusterfit", "--k=20"])).toBe(
    "deno task clusterfit --k=20",
  );
});
