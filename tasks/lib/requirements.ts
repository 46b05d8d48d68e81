/** The locked requirements: which files a machine needs, and which of them an environment has. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { type Extra, extras } from "../../src/steps/extras.ts";
import type { Environment } from "./environment.ts";

export interface Requirements {
  /** File name inside `py/`. */
  readonly file: string;
  readonly title: string;
  /** SHA-256 of the file, hex. */
  readonly sha256: string;
  /** pip's option: "raw" tells the bytes fetched, from pip 24.1 on. */
  readonly progressBar: "off" | "raw";
  /** What another build of torch or FAISS leaves in the way. */
  readonly replaces?: { readonly file: string; readonly packages: readonly string[] };
}

export type Build = "cpu" | "cuda";

/** First, because the pip that a new environment has may be too old to tell its progress. */
const pip = { file: "requirements-pip.txt", title: "pip", progressBar: "off" } as const;
const common = { file: "requirements.txt", title: "common packages", progressBar: "raw" } as const;
const development = {
  file: "requirements-dev.txt",
  title: "development packages",
  progressBar: "raw",
} as const;
const builds = {
  cpu: {
    file: "requirements-cpu.txt",
    title: "PyTorch and FAISS for the CPU",
    progressBar: "raw",
    replaces: { file: "requirements-cuda.txt", packages: ["torch", "faiss-gpu-cu12"] },
  },
  cuda: {
    file: "requirements-cuda.txt",
    title: "PyTorch and FAISS for CUDA",
    progressBar: "raw",
    replaces: { file: "requirements-cpu.txt", packages: ["torch", "faiss-cpu"] },
  },
} as const;

/** What some runs need: its file in `py/` is `requirements-<name>.txt`. */
const titles: Readonly<Record<Extra, string>> = {
  timm: "timm",
  transformers: "transformers",
  onnx: "ONNX and its runtime",
  av: "PyAV, for videos",
  tensorboard: "tensorboardX",
  arrow: "Arrow, for data sets of the Hugging Face hub",
  efficientnet: "EfficientNet-Lite0, trained on ImageNet",
};

/** What the bridge's tests need on each CPython that the bridge supports. */
const bridge = { file: "requirements-pythons.txt", title: "numpy", progressBar: "off" } as const;

/** In the order of installation; `dev` needs every extra too. */
export function requirementsFor(
  root: string,
  build: Build,
  { dev, extras: asked }: { readonly dev: boolean; readonly extras: readonly Extra[] },
): Requirements[] {
  const wanted = extras.filter((extra) => dev || asked.includes(extra));
  return [
    pip,
    common,
    builds[build],
    ...wanted.map(requirementsOfExtra),
    ...(dev ? [development] : []),
  ]
    .map((requirements) => hashed(root, requirements));
}

function requirementsOfExtra(extra: Extra): Omit<Requirements, "sha256"> {
  return { file: `requirements-${extra}.txt`, title: titles[extra], progressBar: "raw" };
}

export function requirementsOfBridge(root: string): Requirements {
  return hashed(root, bridge);
}

function hashed(root: string, requirements: Omit<Requirements, "sha256">): Requirements {
  const text = Deno.readFileSync(join(root, "py", requirements.file));
  return { ...requirements, sha256: createHash("sha256").update(text).digest("hex") };
}

/** CUDA where the NVIDIA driver answers with a GPU, else CPU. */
export async function detectBuild({ variables }: Pick<Environment, "variables">): Promise<Build> {
  if (Deno.build.os !== "linux") return "cpu";
  try {
    const { success, stdout } = await new Deno.Command("nvidia-smi", {
      args: ["--list-gpus"],
      env: { PATH: variables["PATH"] ?? "" },
      stderr: "null",
      signal: AbortSignal.timeout(10_000),
    }).output();
    return success && new TextDecoder().decode(stdout).startsWith("GPU ") ? "cuda" : "cpu";
  } catch {
    return "cpu";
  }
}
