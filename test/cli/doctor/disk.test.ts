import { join } from "node:path";
import { expect } from "expect";
import type { Patient } from "../../../src/cli/doctor/check.ts";
import { disk } from "../../../src/cli/doctor/disk.ts";

const examine = (out: string) => disk.run({ out } as Patient);

Deno.test("room, hard links and locks are tried where the runs go, and nothing is left there", async () => {
  const out = await Deno.makeTempDir();
  const findings = await examine(join(out, "not", "yet"));
  expect(findings.slice(0, 3).map(({ says }) => says)).toEqual([
    expect.stringMatching(/free where runs go \(.*not\/yet\)$/),
    "hard links work",
    "file locks work",
  ]);
  expect([...Deno.readDirSync(out)]).toEqual([]);
  await Deno.remove(out);
});

Deno.test({
  name: "an environment on another disk has its own line",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const out = await Deno.makeTempDir();
    const setup = { failure: null, venv: "/dev/shm/venv", locks: [] };
    const findings = await disk.run({ out, setup } as unknown as Patient);
    expect(findings.at(-1)?.says).toMatch(/ free for \/dev\/shm\/venv$/);
    await Deno.remove(out);
  },
});

Deno.test({
  name: "a folder that cannot be written is wrong",
  ignore: Deno.build.os !== "linux",
  async fn() {
    expect(await examine("/proc/runs")).toContainEqual({
      verdict: "wrong",
      says: expect.stringMatching(/^it cannot be written: /),
      todo: expect.any(String),
    });
  },
});
