import { expect } from "expect";
import { inChild, testWith } from "./support.ts";

/** Functions for other processes must be importable, and so lie in a file. */
async function withModule(source: string, use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/work_of_children.py`, source);
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const work = `
import multiprocessing, os, sys
def double(x): return 2 * x
def pool(method=None):
    with multiprocessing.get_context(method).Pool(2) as pool:
        return pool.map(double, [1, 2, 3])
def executor():
    from concurrent.futures import ProcessPoolExecutor
    with ProcessPoolExecutor(1) as executor: return executor.submit(double, 21).result()
def fork_process():
    multiprocessing.get_context("fork").Process(target=double, args=(1,)).start()
class Squares:
    def __len__(self): return 6
    def __getitem__(self, i):
        import torch
        return torch.tensor([float(i * i), float(os.getpid())])
def load(method=None):
    from torch.utils.data import DataLoader
    loader = DataLoader(Squares(), batch_size=2, num_workers=2, multiprocessing_context=method)
    squares, processes = [], set()
    for batch in loader:
        squares += [int(x) for x in batch[:, 0]]
        processes |= {int(x) for x in batch[:, 1]}
    return [squares, len(processes), os.getpid() in processes]
`;

Deno.test("fork is refused with the reason, also when multiprocessing is told to use it", () =>
  withModule(work, async (folder) => {
    const { code, stdout, stderr } = await inChild(`
await python.start({ path: ["${folder}"] });
const work = python.import("work_of_children");
const attempt = (use: () => unknown) => { try { use(); console.log("forked"); } catch (error) { console.log((error as Error).message); } };
attempt(() => python.import("os").method("fork"));
attempt(() => python.import("os").method("forkpty"));
attempt(() => work.method("fork_process"));
attempt(() => work.method("pool", "fork"));
attempt(() => python.import("multiprocessing").method("set_start_method", "fork"));
attempt(() => work.method("pool"));
await python.shutdown();
`);
    expect(stderr).toBe("");
    expect(code).toBe(0);
    const lines = stdout.trim().split("\n");
    expect(lines).toHaveLength(6);
    for (const i of [0, 1, 2, 3, 5]) {
      expect(lines[i]).toContain("RuntimeError: Cannot fork this process");
      expect(lines[i]).toContain("file locks included");
      expect(lines[i]).toContain("get_context('spawn')");
    }
    expect(lines[4]).toBe("forked"); // choosing it is no harm yet
  }));

Deno.test("programs are still started by subprocess", async () => {
  const { code, stdout } = await inChild(`
exec(\`
import subprocess, sys
def work(): return subprocess.run([sys.executable, "-c", "print(6 * 7)"], capture_output=True, text=True).stdout
\`);
console.log(py("work").call());
`);
  expect([code, stdout.trim()]).toEqual([0, "42"]);
});

Deno.test("pools work by default, by spawn and by forkserver, in jobs and in calls", () =>
  withModule(work, async (folder) => {
    const { code, stdout, stderr } = await inChild(`
await python.start({ path: ["${folder}"] });
const work = python.import("work_of_children");
console.log(python.import("multiprocessing").method("get_start_method"));
for (const method of [null, "spawn", "forkserver"]) {
  console.log(String(await python.job(work.attr("pool") as PyObject, [method])));
}
console.log(work.method("executor"));
await python.shutdown();
`);
    expect(stderr).toBe("");
    expect([code, stdout.trim().split("\n")])
      .toEqual([0, ["spawn", "[2, 4, 6]", "[2, 4, 6]", "[2, 4, 6]", "42"]]);
  }));

testWith(
  ["torch"],
  "workers of a torch DataLoader start by default and by forkserver",
  () =>
    withModule(work, async (folder) => {
      const { code, stdout } = await inChild(`
await python.start({ path: ["${folder}"] });
const work = python.import("work_of_children");
for (const method of [null, "forkserver"]) {
  console.log(String(await python.job(work.attr("load") as PyObject, [method])));
}
await python.shutdown();
`);
      const line = "[[0, 1, 4, 9, 16, 25], 2, False]";
      expect([code, stdout.trim().split("\n")]).toEqual([0, [line, line]]);
    }),
);
