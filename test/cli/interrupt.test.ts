import { expect } from "expect";

const resolve = (path: string) => new URL(path, import.meta.url).href;

/** Two Ctrl-C in a process whose clock goes on by `ms` between them. */
async function interruptedTwice(ms: number) {
  const program = `
import { listenForInterrupts } from "${resolve("../../src/cli/interrupt.ts")}";
import { until } from "${resolve("../until.ts")}";
let time = 1000;
using interrupts = listenForInterrupts(() => time);
interrupts.signal.addEventListener("abort", () => console.log("stopping"));
let arrived = 0;
Deno.addSignalListener("SIGINT", () => arrived++);
Deno.kill(Deno.pid, "SIGINT");
await until(() => arrived === 1);
time += ${ms};
Deno.kill(Deno.pid, "SIGINT");
await until(() => arrived === 2);
console.log("stopped");
Deno.exit();
`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-check", "--ext=ts", "-"],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  await new Blob([program]).stream().pipeTo(child.stdin);
  const { stdout, signal } = await child.output();
  return { output: new TextDecoder().decode(stdout), signal };
}

Deno.test("Ctrl-C that arrives twice, as deno task passes it on, is one", async () => {
  expect(await interruptedTwice(500)).toEqual({ output: "stopping\nstopped\n", signal: null });
});

Deno.test("a second Ctrl-C ends the process at once", async () => {
  expect(await interruptedTwice(501)).toEqual({ output: "stopping\n", signal: "SIGKILL" });
});
