import { expect } from "expect";

const module = new URL("../../src/cli/interrupt.ts", import.meta.url).href;
const program = `
import { listenForInterrupts } from "${module}";
using interrupts = listenForInterrupts();
interrupts.signal.addEventListener("abort", () => console.log("stopping"));
console.log("ready");
await new Promise((resolve) => setTimeout(resolve, 1500));
console.log("stopped");
`;

/** Sends SIGINT at these times, in ms from when the program is ready. */
async function interrupted(...times: number[]) {
  return await signalled("SIGINT", ...times);
}

async function signalled(name: Deno.Signal, ...times: number[]) {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-check", "--ext=ts", "-"],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  await new Blob([program]).stream().pipeTo(child.stdin);
  const output: string[] = [];
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    if (output.length === 0) {
      for (const ms of times) setTimeout(() => child.kill(name), ms);
    }
    output.push(text);
  }
  const { signal } = await child.status;
  return { output: output.join(""), signal };
}

Deno.test("Ctrl-C that arrives twice, as deno task passes it on, is one", async () => {
  expect(await interrupted(0, 1)).toEqual({ output: "ready\nstopping\nstopped\n", signal: null });
});

Deno.test("a second Ctrl-C ends the process at once", async () => {
  expect(await interrupted(0, 800)).toEqual({ output: "ready\nstopping\n", signal: "SIGKILL" });
});

for (const name of ["SIGTERM", "SIGHUP"] as const) {
  Deno.test(`${name} stops a run as Ctrl-C does`, async () => {
    expect(await signalled(name, 0)).toEqual({
      output: "ready\nstopping\nstopped\n",
      signal: null,
    });
  });
}
