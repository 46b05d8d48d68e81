import { expect } from "expect";
import { PipProgress } from "../../tasks/lib/pip_progress.ts";
import { bar, withProgress } from "../../tasks/lib/progress.ts";
import { until } from "../until.ts";

Deno.test("pip's output becomes package, bytes and fraction", () => {
  const progress = new PipProgress(2);
  expect(progress.read("Collecting numpy==2.4.6 (from -r requirements.txt (line 1))")).toEqual({
    text: "fetching 1 of 2: numpy",
    fraction: 0,
  });
  expect(progress.read("  Downloading numpy-2.4.6-cp311.whl (16.6 MB)")).toBeUndefined();
  expect(progress.read("Progress 5000000 of 10000000")).toEqual({
    text: "fetching 1 of 2: numpy, 5.0 of 10.0 MB",
    fraction: 0.125,
  });
  expect(progress.read("Processing /wheels/typing_extensions-4.16.0-py3.whl (from x)")?.text)
    .toBe("fetching 2 of 2: typing_extensions");
  expect(progress.read("Installing collected packages: numpy, typing-extensions")).toEqual({
    text: "installing 1 of 2: numpy",
    fraction: 0.5,
  });
  expect(progress.installed(new Set(["numpy"]))).toEqual({
    text: "installing 2 of 2: typing-extensions",
    fraction: 0.75,
  });
  expect(progress.installed(new Set(["numpy", "typing_extensions"]))?.fraction).toBe(1);
});

Deno.test("work that goes on says so every two seconds where lines cannot be redrawn", async () => {
  const lines: string[] = [];
  const screen = { live: false, columns: 80, write: (text: string) => void lines.push(text) };
  await withProgress({ title: "copying", screen }, async (update) => {
    update({ text: "1 of 2" });
    await until(() => lines.length > 1);
  });
  expect(lines[0]).toBe("copying 0 s\n");
  const [, seconds] = lines[1]?.match(/^copying 1 of 2, (\d+) s\n$/) ?? [];
  expect(Number(seconds)).toBeGreaterThanOrEqual(2);
  expect(lines.at(-1)).toMatch(/^copying done in \d+\.\d s\n$/);
});

Deno.test("a terminal's line is redrawn with a bar and gone at the end", async () => {
  let shown = "";
  const screen = { live: true, columns: 80, write: (text: string) => void (shown += text) };
  await withProgress({ title: "copying", screen }, async (update) => {
    update({ text: "1 of 2", fraction: 0.5 });
    await until(() => shown.includes(`\r\x1b[2K${bar(0.5)}copying 1 of 2, `));
  });
  expect(shown.split("\r\x1b[2K").at(-1)).toMatch(/^copying done in \d+\.\d s\n$/);
});

Deno.test("a redrawn line never wraps", async () => {
  const lines: string[] = [];
  const screen = { live: true, columns: 20, write: (text: string) => void lines.push(text) };
  await withProgress({ title: "a title longer than the line", screen }, () => Promise.resolve());
  expect(lines[0]).toBe("\r\x1b[2Ka title longer than");
});

Deno.test("the bar is as long as the fraction", () => {
  expect(bar(0.3)).toBe("[######--------------]  30% ");
  expect(bar(undefined)).toBe("");
});
