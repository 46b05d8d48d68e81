import { expect } from "expect";
import { untilInterrupted } from "../../src/cli/interrupt.ts";

const resolve = (path: string) => new URL(path, import.meta.url).href;

/** What a process does that sends itself signals, on a clock that goes on by `ms` before each but the first. */
async function signalled(...signals: readonly { name: Deno.Signal; ms?: number }[]) {
  const program = `
import { listenForInterrupts } from "${resolve("../../src/cli/interrupt.ts")}";
import { until } from "${resolve("../until.ts")}";
let time = 1000;
using interrupts = listenForInterrupts(() => time);
interrupts.signal.addEventListener("abort", () => console.log("stopping"));
let arrived = 0, sent = 0;
for (const { name, ms = 0 } of ${JSON.stringify(signals)}) {
  const count = () => arrived++;
  Deno.addSignalListener(name, count);
  time += ms;
  sent++;
  Deno.kill(Deno.pid, name);
  await until(() => arrived === sent);
  Deno.removeSignalListener(name, count);
}
console.log("stopped");
Deno.exit();
`;
  return await outputOf(program);
}

async function outputOf(program: string) {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-check", "--ext=ts", "-"],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  await new Blob([program]).stream().pipeTo(child.stdin);
  const { stdout, signal } = await child.output();
  return { output: new TextDecoder().decode(stdout), signal };
}

const interruptedTwice = (ms: number) => signalled({ name: "SIGINT" }, { name: "SIGINT", ms });

Deno.test("Ctrl-C that arrives twice, as deno task passes it on, is one", async () => {
  expect(await interruptedTwice(500)).toEqual({ output: "stopping\nstopped\n", signal: null });
});

Deno.test("a second Ctrl-C ends the process at once", async () => {
  expect(await interruptedTwice(501)).toEqual({ output: "stopping\n", signal: "SIGKILL" });
});

for (const name of ["SIGTERM", "SIGHUP"] as const) {
  Deno.test(`${name} stops a run as Ctrl-C does`, async () => {
    expect(await signalled({ name })).toEqual({ output: "stopping\nstopped\n", signal: null });
  });
}

Deno.test("a command that a signal stops ends with 130", async () => {
  const { output } = await outputOf(`
import { untilInterrupted } from "${resolve("../../src/cli/interrupt.ts")}";
console.log(
  await untilInterrupted(async (signal) => {
    const { promise, resolve } = Promise.withResolvers();
    signal.addEventListener("abort", resolve);
    Deno.kill(Deno.pid, "SIGINT");
    await promise;
    signal.throwIfAborted();
    return 0;
  }),
);
`);
  expect(output).toBe("130\n");
});

Deno.test("any other command ends as it does without signals", async () => {
  expect(await untilInterrupted(() => Promise.resolve(1))).toBe(1);
  const failed = untilInterrupted(() => Promise.reject(new Error("of its own")));
  await expect(failed).rejects.toThrow("of its own");
});
