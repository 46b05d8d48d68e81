import { join } from "node:path";
import { expect } from "expect";
import { describeDamage, JsonLog, readJsonLines } from "../../src/pipeline/jsonl.ts";

const parse = (value: unknown): { n: number } => {
  if (typeof (value as { n: unknown }).n !== "number") throw new Error("needs n");
  return value as { n: number };
};

async function logOf(...parts: (string | number[])[]): Promise<string> {
  const path = join(await Deno.makeTempDir(), "log.jsonl");
  const bytes = parts.flatMap((part) =>
    typeof part === "string" ? [...new TextEncoder().encode(part)] : part
  );
  await Deno.writeFile(path, Uint8Array.from(bytes));
  return path;
}

Deno.test("readJsonLines() reads whole lines and counts what is cut off behind them in bytes", async () => {
  const path = await logOf('{"n":1}\n{"n":2,"ä":"é"}\n{"n":"ä');
  expect(await readJsonLines(path, parse)).toEqual({
    values: [{ n: 1 }, { n: 2, ä: "é" }],
    bad: [],
    torn: 8,
  });
  expect(await readJsonLines(`${path}.missing`, parse)).toEqual({ values: [], bad: [], torn: 0 });
});

Deno.test("readJsonLines() skips and numbers lines that are no JSON, no UTF-8 or another value", async () => {
  const path = await logOf('{"n":1}\n{"n":\n{"n":3', [0xff], '}\n{"m":4}\n\n{"n":6}\n');
  const { values, bad, torn } = await readJsonLines(path, parse);
  expect(values).toEqual([{ n: 1 }, { n: 6 }]);
  expect([bad, torn]).toEqual([[2, 3, 4, 5], 0]);
});

Deno.test("JsonLog.open() takes a cut-off last line out, whatever its bytes, and appends behind the rest", async () => {
  const path = await logOf('{"n":1,"ä":"é"}\n{"n":2}\n{"n"', [0xff, 0xfe, 0xff]);
  expect(describeDamage(await readJsonLines(path, parse))).toBe(
    "its last line is cut off after 7 bytes",
  );
  using log = await JsonLog.open(path, parse);
  log.append({ n: 3 });
  expect(await Deno.readTextFile(path)).toBe('{"n":1,"ä":"é"}\n{"n":2}\n{"n":3}\n');
});

Deno.test("JsonLog.open() takes damaged lines out and keeps the bytes of the others", async () => {
  const path = await logOf('{ "n" : 1 }\n{"n":', [0xff], '2}\n{"n":3}\n{"n":4');
  {
    expect(describeDamage(await readJsonLines(path, parse))).toBe(
      "line 2 cannot be read (1 in all); its last line is cut off after 6 bytes",
    );
    using log = await JsonLog.open(path, parse);
    log.append({ n: 5 });
  }
  expect(await Deno.readTextFile(path)).toBe('{ "n" : 1 }\n{"n":3}\n{"n":5}\n');
  expect(describeDamage(await readJsonLines(path, parse))).toBeUndefined();
});

Deno.test("describeDamage() names the first five lines and says how many there are", () => {
  expect(describeDamage({ bad: [], torn: 0 })).toBeUndefined();
  expect(describeDamage({ bad: [1, 2, 3, 4, 5, 9], torn: 0 })).toBe(
    "line 1, 2, 3, 4, 5, ... cannot be read (6 in all)",
  );
});
