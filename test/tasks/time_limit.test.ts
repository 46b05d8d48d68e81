import { expect } from "expect";
import { cpuWaits, limitTime, timeHad } from "../../tasks/lib/time_limit.ts";
import { turn, until } from "../until.ts";

Deno.test("time in which a thread waited for a CPU does not count", () => {
  const before = new Map([["1", 5], ["2", 1]]);
  expect(timeHad(2, before, before)).toBe(2);
  expect(timeHad(2, before, new Map([["1", 5.5], ["2", 2.5]]))).toBe(0.5);
  expect(timeHad(2, before, new Map([["2", 1], ["3", 0.25]]))).toBe(1.75); // 1 has ended, 3 begun
  expect(timeHad(2, before, new Map([["1", 9]]))).toBe(0);
});

Deno.test({
  name: "threads of a process and of those below it are asked how long they waited",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const shell = new Deno.Command("sh", { args: ["-c", "cat; :"], stdin: "piped" }).spawn();
    await until(() => cpuWaits(shell.pid).size === 2); // sh and cat
    await shell.stdin.close();
    await shell.status;
    expect(cpuWaits(shell.pid).size).toBe(0);
    expect(cpuWaits(Deno.pid).size).toBeGreaterThan(1);
  },
});

Deno.test("what goes on after its time is ended, and what ends before is left alone", async () => {
  const hangs = new Deno.Command("sleep", { args: ["1000000"] }).spawn();
  using _limit = limitTime(hangs.pid, 0.1, () => hangs.kill());
  expect((await hangs.status).signal).toBe("SIGTERM");
  let ended = false;
  limitTime(Deno.pid, 0.001, () => ended = true)[Symbol.dispose]();
  await turn();
  await turn();
  expect(ended).toBe(false);
});
