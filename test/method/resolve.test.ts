import { expect } from "expect";
import { defaultExperiment } from "../../src/experiments/default.ts";
import { resolve } from "../../src/method/resolve.ts";

const defaultConfig = defaultExperiment.schema.parse({});
const laptop = { threads: 2, bf16: false, cuda: null, faissGpu: false };
const server = {
  threads: 16,
  bf16: true,
  cuda: { name: "H200", count: 1, memory: 150e9 },
  faissGpu: false,
};

Deno.test("resolve() runs two stages at once, each on its share of the CPUs", () => {
  expect(resolve(defaultConfig, laptop)).toEqual({
    device: "cpu",
    precision: "float32",
    threads: 1,
    workers: 2,
    kmeans: "faiss",
  });
  expect(resolve(defaultConfig, { ...laptop, threads: 1 })).toMatchObject({
    threads: 1,
    workers: 1,
  });
});

Deno.test("resolve() takes the GPU without being told, and clusters on it without GPU FAISS", () => {
  expect(resolve(defaultConfig, server)).toMatchObject({
    device: "cuda",
    precision: "bfloat16",
    kmeans: "torch",
  });
  expect(resolve(defaultConfig, { ...server, faissGpu: true }).kmeans).toBe("faiss");
});

Deno.test("resolve() keeps what the user asked for", () => {
  const asked = {
    ...defaultConfig,
    device: "cpu",
    precision: "float32",
    threads: 3,
    workers: 1,
  } as const;
  expect(resolve(asked, server)).toMatchObject({
    device: "cpu",
    precision: "float32",
    threads: 3,
    workers: 1,
  });
});

Deno.test("resolve() refuses CUDA where there is none", () => {
  expect(() => resolve({ ...defaultConfig, device: "cuda" }, laptop)).toThrow("NVIDIA GPU");
  expect(() => resolve({ ...defaultConfig, device: "cuda:7" }, laptop)).toThrow("NVIDIA GPU");
});

Deno.test("resolve() refuses a GPU beyond those that are there", () => {
  const two = { ...server, cuda: { ...server.cuda, count: 2 } };
  expect(() => resolve({ ...defaultConfig, device: "cuda:7" }, server)).toThrow(
    "Cannot compute on cuda:7: it needs a GPU of that number, found one, cuda:0. Give one of these.",
  );
  expect(() => resolve({ ...defaultConfig, device: "cuda:2" }, two)).toThrow("2, cuda:0 to cuda:1");
  expect(resolve({ ...defaultConfig, device: "cuda:1" }, two).device).toBe("cuda:1");
  expect(resolve({ ...defaultConfig, device: "cuda:0" }, server).device).toBe("cuda:0");
});
