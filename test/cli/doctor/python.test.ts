import { expect } from "expect";
import { LeftOut, type Patient } from "../../../src/cli/doctor/check.ts";
import type { Answer } from "../../../src/cli/doctor/diagnosis.ts";
import {
  computeFindings,
  openMpFindings,
  orderFindings,
  packages,
  setup,
} from "../../../src/cli/doctor/python.ts";

const torch = {
  ...{ computes: true, cuda: null, gpus: [], cpu: "AVX2", bf16: false, threads: 8 },
} satisfies Answer["torch"];
const faiss = { computes: true, options: "AVX2", gpus: 0, threads: 8 };
const answer: Answer = {
  modules: {
    torch: { version: "2.13.0", file: "/torch" },
    faiss: { version: "1.15", file: "/faiss" },
  },
  installed: { numpy: "2.4" },
  ...{ torch, faiss, openmp: ["/torch/lib/libgomp.so.1"], cpus: 2 },
};
const says = (findings: readonly { says: string }[]) => findings.map(({ says }) => says).join("\n");

Deno.test("GNU's OpenMP twice is well, Intel's beside another one is noted", () => {
  const twice = { ...answer, openmp: ["/torch/libgomp.so.1", "/faiss/libgomp-1.so"] };
  expect(openMpFindings(twice).every(({ verdict }) => verdict === "ok")).toBe(true);
  const mixed = { ...answer, openmp: ["/torch/libgomp.so.1", "/mkl/libiomp5.so"] };
  expect(openMpFindings(mixed)[0]).toMatchObject({
    verdict: "note",
    says: expect.stringContaining("Intel (/mkl/libiomp5.so)"),
  });
  expect(says(openMpFindings({ ...answer, openmp: ["/x/libomp.dylib"] }))).toContain("LLVM");
  expect(openMpFindings({ ...answer, openmp: null })[0]?.verdict).toBe("note");
});

Deno.test("an order of imports that ends the process, or computes nonsense, is wrong", () => {
  const order = ["faiss", "torch"];
  expect(orderFindings({ order, failure: "it ended with SIGSEGV" })).toMatchObject([
    { verdict: "wrong", says: "imported in the order faiss, torch: it ended with SIGSEGV" },
  ]);
  const off = { ...answer, faiss: { ...faiss, computes: false } };
  expect(orderFindings({ order, answer: off })[0]?.verdict).toBe("wrong");
  expect(orderFindings({ order, answer })[0]?.verdict).toBe("ok");
});

Deno.test("it says what a run computes on: CPU, GPU, precision, stages at once", () => {
  expect(says(computeFindings(answer))).toContain(
    "a run takes cpu, float32: this CPU lacks bfloat16, about twice the time; 2 stages at once x 1",
  );
  const gpu = { ...torch, cuda: "12.8", gpus: [{ name: "H100", memory: 8.5e10 }] };
  const found = says(computeFindings({ ...answer, torch: gpu }));
  expect(found).toContain("GPU: H100, 85.0 GB");
  expect(found).toContain("a run takes cuda, bfloat16; 2 stages");
  expect(says(computeFindings({ ...answer, torch: { ...torch, cuda: "12.8" } })))
    .toContain("no GPU that it can use");
  expect(() => computeFindings({ ...answer, torch: null })).toThrow(LeftOut);
});

Deno.test("packages: versions of what there is, and the error of what cannot be imported", async () => {
  const broken = {
    ...answer,
    modules: { ...answer.modules, pyarrow: { error: "ImportError: x" } },
  };
  const patient = {
    diagnoses: () =>
      Promise.resolve([{ order: ["torch"], answer }, { order: ["pyarrow"], answer: broken }]),
  } as unknown as Patient;
  const [versions, error] = await packages.run(patient);
  expect(versions?.says).toBe("torch 2.13.0, faiss 1.15, numpy 2.4");
  expect(error).toMatchObject({
    verdict: "wrong",
    says: "pyarrow cannot be imported: ImportError: x",
  });
});

Deno.test("set-up: its failure, what every run needs and lacks, and the extras that are there", async () => {
  const lock = (title: string, needed: boolean, state: "installed" | "missing" | "other") => ({
    ...{ file: `${title}.txt`, title, needed, state },
  });
  const locks = [
    ...[lock("pip", true, "installed"), lock("PyTorch", true, "missing")],
    ...[
      lock("timm", false, "installed"),
      lock("av", false, "missing"),
      lock("onnx", false, "other"),
    ],
  ];
  const run = (failure: string | null) =>
    setup.run({ setup: { failure, venv: "/v", locks } } as unknown as Patient);
  expect((await run("no network")).map(({ verdict, says }) => [verdict, says])).toEqual([
    ["wrong", "no network"],
    ["ok", "in /v: pip"],
    ["wrong", "not installed: PyTorch"],
    ["ok", "extras: timm"],
    ["note", "extras of another version: onnx"],
  ]);
  await expect(setup.run({} as Patient)).rejects.toThrow(LeftOut);
});
