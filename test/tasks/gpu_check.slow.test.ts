import { expect } from "expect";
import { fileURLToPath } from "node:url";

const task = fileURLToPath(new URL("../../tasks/gpu-check.ts", import.meta.url));

async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", task, ...args],
    env,
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, stdout: out ?? "", stderr: err ?? "" };
}

Deno.test("the CPU form runs the job and finds the torch engine at FAISS's objective", async () => {
  const { code, stdout, stderr } = await run(["--cpu", "--json"]);
  expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
  const found = JSON.parse(stdout);
  expect(found).toMatchObject({ check: "gpu", gpu: null, resolved: { device: "cpu" } });
  expect(found.result.targets).toHaveLength(4);
  for (const { seconds } of found.stages) expect(seconds).toBeGreaterThan(0);
  const [reference, torch] = found.kmeans;
  expect(reference).toMatchObject({ engine: "faiss", device: "cpu", ratio: 1, startRatio: 1 });
  expect(torch).toMatchObject({ engine: "torch", device: "cpu", within: true });
  expect(Math.abs(torch.ratio - 1)).toBeLessThanOrEqual(found.tolerance.end);
});

Deno.test("without a GPU the check says what it needs and ends with exit code 2", async () => {
  const { code, stdout, stderr } = await run([], { CUDA_VISIBLE_DEVICES: "" });
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/needs an NVIDIA GPU .* found none/);
  expect(stderr).toContain("--cpu");
  expect(stderr).not.toMatch(/^\s+at /m);
});
