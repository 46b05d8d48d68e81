/** Python itself: which one is taken, what is installed, and whether the packages can be imported together. */
import { resolve } from "../../method/resolve.ts";
import { formatBytes } from "../../report/bytes.ts";
import { type Check, type Finding, LeftOut, note, ok, wrong } from "./check.ts";
import type { Answer, Diagnosis } from "./diagnosis.ts";

const setUp = "Run `deno task setup`.";

export const interpreter: Check = {
  name: "Python",
  async run(patient) {
    const { version, executable, libpython } = await patient.interpreter();
    const active = Deno.env.get("VIRTUAL_ENV");
    const why = active !== undefined && executable.startsWith(active)
      ? "the environment in VIRTUAL_ENV"
      : "found in .venv or on PATH";
    return [ok(`${version}, ${executable} (${why})`), ok(`libpython ${libpython}`)];
  },
};

export const setup: Check = {
  name: "set-up",
  run({ setup }) {
    if (setup === undefined) return Promise.reject(new LeftOut("the task did not set up"));
    const { failure, venv, locks } = setup;
    const titles = (state: string, needed: boolean) =>
      locks.filter((lock) => lock.state === state && lock.needed === needed)
        .map(({ title }) => title).join(", ");
    const findings: Finding[] = [];
    if (failure !== null) findings.push(wrong(failure, "Mend that, then run `deno task setup`."));
    findings.push(ok(`in ${venv}: ${titles("installed", true) || "nothing"}`));
    const lacking = [titles("missing", true), titles("other", true)].filter(Boolean).join(", ");
    if (lacking !== "") findings.push(wrong(`not installed: ${lacking}`, setUp));
    const extras = titles("installed", false);
    if (extras !== "") findings.push(ok(`extras: ${extras}`));
    const old = titles("other", false);
    if (old !== "") findings.push(note(`extras of another version: ${old}`));
    return Promise.resolve(findings);
  },
};

export const packages: Check = {
  name: "packages",
  async run(patient) {
    const diagnoses = await patient.diagnoses();
    const answers = diagnoses.flatMap((one) => "answer" in one ? [one.answer] : []);
    return [...versionFindings(answers), ...diagnoses.flatMap(orderFindings)];
  },
};

/** Versions of what could be imported or is installed, and what could not. */
function versionFindings(answers: readonly Answer[]): Finding[] {
  const modules = new Map(answers.flatMap(({ modules }) => Object.entries(modules)));
  const found = [...modules].flatMap(([name, module]) =>
    "version" in module ? [`${name} ${module.version}`] : []
  );
  const others = Object.entries(answers[0]?.installed ?? {}).map((one) => one.join(" "));
  const broken = [...modules].flatMap(([name, module]) =>
    "error" in module ? [wrong(`${name} cannot be imported: ${module.error}`, setUp)] : []
  );
  return [ok([...found, ...others].join(", ") || "none"), ...broken];
}

/** Whether the packages can be imported in this order, and compute then. */
export function orderFindings(diagnosis: Diagnosis): Finding[] {
  const order = diagnosis.order.join(", ");
  if ("failure" in diagnosis) {
    return [wrong(`imported in the order ${order}: ${diagnosis.failure}`, setUp)];
  }
  const { torch, faiss } = diagnosis.answer;
  if (torch?.computes === false || faiss?.computes === false) {
    return [wrong(`imported in the order ${order}, they compute wrong results`, setUp)];
  }
  return torch && faiss ? [ok(`imported in the order ${order}, they compute`)] : [];
}

export const openMp: Check = {
  name: "OpenMP",
  run: async (patient) => openMpFindings(await answered(patient.diagnoses())),
};

/** Which OpenMP runtimes the packages bring, and how many threads they would use. */
export function openMpFindings({ openmp, torch, faiss, cpus }: Answer): Finding[] {
  const threads = `threads by default: PyTorch ${torch?.threads ?? "?"}, FAISS ` +
    `${faiss?.threads ?? "?"}; a run sets its own on ${cpus} CPUs`;
  if (openmp === null) return [note(`runtimes cannot be listed on this system; ${threads}`)];
  const kinds = new Set(openmp.map(kindOf));
  const says = `${openmp.map((path) => `${kindOf(path)} (${path})`).join(", ") || "none"}`;
  if (kinds.has("Intel") && kinds.size > 1) {
    return [
      note(
        `${says}: Intel's beside another one can hang or compute wrong results`,
        "If a run hangs, make the environment anew by `deno task setup`.",
      ),
      ok(threads),
    ];
  }
  return [ok(says), ok(threads)];
}

function kindOf(path: string): "GNU" | "Intel" | "LLVM" {
  const file = path.slice(path.lastIndexOf("/") + 1);
  return file.startsWith("libgomp") ? "GNU" : file.startsWith("libiomp") ? "Intel" : "LLVM";
}

export const compute: Check = {
  name: "compute",
  run: async (patient) => computeFindings(await answered(patient.diagnoses())),
};

/** What a run takes unless its user says otherwise. */
const unlessSaid: Parameters<typeof resolve>[0] = {
  device: "auto",
  precision: "auto",
  threads: "auto",
  workers: "auto",
  clustering: { engine: "auto", iterations: 20, normalise: true },
};

/** What a run computes on, and how precisely. */
export function computeFindings({ torch, faiss, cpus }: Answer): Finding[] {
  if (!torch) throw new LeftOut("PyTorch cannot be imported");
  const { gpus, cuda, cpu, bf16 } = torch;
  const [first] = gpus;
  const machine = {
    threads: cpus,
    bf16,
    cuda: first ? { ...first, count: gpus.length } : null,
    faissGpu: (faiss?.gpus ?? 0) > 0,
  };
  const { device, precision, workers, threads } = resolve(
    unlessSaid,
    machine,
  );
  const slow = device === "cpu" && precision === "float32"
    ? ": this CPU lacks bfloat16, about twice the time"
    : "";
  const build = cuda === null ? "for the CPU" : `for CUDA ${cuda}`;
  const graphics = gpus.map(({ name, memory }) => `${name}, ${formatBytes(memory)}`).join("; ");
  const missing = cuda !== null && gpus.length === 0
    ? [note("no GPU that it can use", "Install the NVIDIA driver, or go on: the CPU does.")]
    : [];
  return [
    ok(`PyTorch is built ${build}; CPU with ${cpu}${bf16 ? ", bfloat16" : ""}`),
    ...(graphics === "" ? [] : [ok(`GPU: ${graphics}`)]),
    ...missing,
    ok(`FAISS: ${faiss?.options ?? "?"}${faiss && faiss.gpus > 0 ? `, ${faiss.gpus} GPUs` : ""}`),
    ok(`a run takes ${device}, ${precision}${slow}; ${workers} stages at once x ${threads}`),
  ];
}

/** The first answer of all. */
export function answerOf(diagnoses: readonly Diagnosis[]): Answer | undefined {
  for (const one of diagnoses) if ("answer" in one) return one.answer;
  return undefined;
}

async function answered(diagnoses: Promise<readonly Diagnosis[]>): Promise<Answer> {
  const answer = answerOf(await diagnoses);
  if (answer) return answer;
  throw new LeftOut("the packages cannot be imported");
}
