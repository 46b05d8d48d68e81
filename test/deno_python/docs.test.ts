import { readFile } from "node:fs/promises";
import { expect } from "expect";
import { inChild } from "../python/support.ts";

/** Runs the first example in a file's documentation and compares what it prints with its comments. */
async function check(file: string): Promise<void> {
  const text = await readFile(new URL(`../../src/deno_python/${file}`, import.meta.url), "utf8");
  const code = /^```ts\n([^]*?)^```/m.exec(text.replace(/^ \* ?/gm, ""))![1]!;
  const { code: status, stdout, stderr } = await inChild(code, { bare: true });
  const promised = [...code.matchAll(/^console\.log\(.*\/\/ (.*)$/gm)].map(([, line]) => line);
  expect([status, stderr, stdout.trim().split("\n")]).toEqual([0, "", promised]);
}

Deno.test("the example of the module's documentation runs", () => check("mod.ts"));
Deno.test("the example of Callback's documentation runs", () => check("callback.ts"));

Deno.test("deno_python's own examples run: greeting, running code, arrays from JS arrays", async () => {
  const { code, stdout, stderr } = await inChild(
    `
import python from "clusterfit/deno-python";
const { print, str } = python.builtins;
const { version } = python.import("sys");
print(str("Hello, World!").lower());
print("Python version:", version);
python.run("def fib(n):\\n  return n if n < 2 else fib(n - 1) + fib(n - 2)\\n\\nprint(fib(10))");
const np = python.import("numpy");
print(np.array([1, 8]), np.array([3, 10]));
`,
    { bare: true },
  );
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^hello, world!\nPython version: 3\..*\n55\n\[1 8\] \[ 3 10\]\n$/s);
});
