import { expect } from "expect";
import { inChild } from "./support.ts";

/** Runs the body in three Workers; `said` resolves with the lists of what they said. */
const workers = (body: string) => `
const source = \`
import { python } from "\${import.meta.resolve("clusterfit/python")}";
const say = (use: () => unknown) => {
  try { self.postMessage(String(use())); } catch (error) { self.postMessage((error as Error).message); }
};
${body}
self.postMessage("end");
\`;
const url = URL.createObjectURL(new Blob([source], { type: "text/typescript" }));
const said = Promise.all(Array.from({ length: 3 }, () => {
  const worker = new Worker(url, { type: "module" });
  const words: string[] = [];
  return new Promise<string[]>((resolve) => {
    worker.onmessage = ({ data }) => {
      if (data !== "end") return words.push(data);
      worker.terminate();
      resolve(words);
    };
  });
}));
`;

Deno.test("starting Python in a Worker is refused, and nothing else works there either", async () => {
  const { code, stdout } = await inChild(
    `${
      workers(`
await python.start().catch((error) => self.postMessage(error.message));
say(() => python.import("sys"));
say(() => python.info);
await python.shutdown();
`)
    }
for (const words of await said) console.log(words.join("|"));
`,
    { bare: true },
  );
  expect(code).toBe(0);
  const unstarted = "it needs a running interpreter, found none. Start it first: " +
    "await python.start().";
  const line =
    "Cannot start Python: it needs the main thread, found a Worker. Start it on the main thread, " +
    `and run long work with python.job().|Cannot call Python: ${unstarted}|` +
    `Cannot tell which Python runs: ${unstarted}`;
  expect(stdout.trim().split("\n")).toEqual([line, line, line]);
});

Deno.test("Workers that load the bridge come and go while the main thread runs Python", async () => {
  const { code, stdout, stderr } = await inChild(`
${workers(`await python.start().catch((error) => self.postMessage(error.name));`)}
let sum = 0;
let open = true;
said.then(() => open = false);
while (open) {
  const jobs = Array.from({ length: 4 }, () => python.job(python.builtins.attr("abs") as PyObject, [-1]));
  for (const one of await Promise.all(jobs)) sum += one as number;
  for (let i = 0; i < 100; i++) sum += python.builtins.method("abs", -1) as number;
}
console.log(sum % 104, String(await said));
await python.shutdown();
`);
  expect(stderr).toBe("");
  expect([code, stdout]).toEqual([0, "0 Error,Error,Error\n"]);
});
