import { expect } from "expect";
import { holderOf, type Probes, Resources } from "../../src/server/resources.ts";

const files: Record<string, string> = {
  "/proc/7/status": "Name:\tdeno\nVmPeak:\t  900 kB\nVmRSS:\t  2048 kB\n",
  "/proc/7/stat": `7 (a (b) c) S ${
    Array.from({ length: 10 }, (_, at) => at).join(" ")
  } 250 50 0 0 20 0`,
  "/proc/7/io": "rchar: 9\nread_bytes: 4096\nwrite_bytes: 8192\n",
};

const missing = () => Promise.reject(new Error("no such file"));

function probes(more: Partial<Probes> = {}): Partial<Probes> {
  return {
    text: (path) => files[path] === undefined ? missing() : Promise.resolve(files[path]),
    output: missing,
    now: () => 0,
    ...more,
  };
}

Deno.test("a process is told with its memory, its CPU time and what it read and wrote", async () => {
  expect(await new Resources(probes()).process(7)).toEqual({
    ...{ pid: 7, memory: 2 ** 21, cpuSeconds: 3, cpus: null },
    disk: { read: 4096, written: 8192 },
  });
});

Deno.test("CPUs that are busy are told from one look to the next, which come a second apart at least", async () => {
  let [now, user] = [0, 250];
  const resources = new Resources(probes({
    now: () => now,
    text: (path) => Promise.resolve(files[path]!.replace("250", `${user}`)),
  }));
  await resources.process(7);
  [now, user] = [2000, 550];
  expect((await resources.process(7))!.cpus).toBe(1.5);
  [now, user] = [2500, 9000];
  expect((await resources.process(7))!.cpus).toBe(1.5);
});

Deno.test("of a process that is gone, or of another system, nothing is told", async () => {
  const resources = new Resources(probes());
  expect(await resources.process(8)).toBeNull();
  expect(await new Resources({ text: missing }).process(7)).toBeNull();
});

Deno.test("this very process is told as its system has it", async () => {
  const use = await new Resources({ output: missing }).process(Deno.pid);
  if (Deno.build.os !== "linux") return expect(use).toBeNull();
  expect(use!.memory).toBeGreaterThan(2 ** 24);
  expect(use!.cpuSeconds).toBeGreaterThan(0);
});

Deno.test("GPUs are told as their driver has them, asked every five seconds at most", async () => {
  let now = 0;
  const asked: string[] = [];
  const resources = new Resources(probes({
    now: () => now,
    output(command, [query]) {
      asked.push(`${command} ${query}`);
      return Promise.resolve(
        query!.startsWith("--query-gpu")
          ? "0, NVIDIA H100, 87, 1024, 81559\n1, Other, [N/A], [N/A], [N/A]\nno GPU at all\n"
          : "7, 512\n7, 256\n9, [N/A]\n",
      );
    },
  }));
  const { gpus, processes } = await resources.gpus();
  expect(gpus).toEqual([
    {
      index: 0,
      name: "NVIDIA H100",
      utilization: 87,
      memoryUsed: 2 ** 30,
      memoryTotal: 81559 * 2 ** 20,
    },
    { index: 1, name: "Other", utilization: null, memoryUsed: null, memoryTotal: null },
  ]);
  expect([...processes]).toEqual([[7, 768 * 2 ** 20]]);
  now = 4999;
  await resources.gpus();
  expect(asked.length).toBe(2);
  now = 5000;
  await resources.gpus();
  expect(asked.length).toBe(4);
});

Deno.test("without the driver's command there is no GPU, and nothing is said", async () => {
  expect((await new Resources(probes()).gpus()).gpus).toEqual([]);
});

Deno.test("a lock's file tells its holder, and anything else tells nobody", () => {
  expect(holderOf("123\n")).toBe(123);
  for (const text of [undefined, "", "0\n", "-1\n", "12 34\n", "../1\n", "1".repeat(20)]) {
    expect(holderOf(text)).toBeUndefined();
  }
});
