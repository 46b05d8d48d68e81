/** What `py/clusterfit/diagnosis.py` tells of the packages of a Python, in a process of its own. */
import { fileURLToPath } from "node:url";
import { z } from "zod";

const moduleSchema = z.union([
  z.object({ version: z.string(), file: z.string() }),
  z.object({ error: z.string() }),
]);

const answerSchema = z.object({
  modules: z.record(z.string(), moduleSchema),
  /** Versions of packages that others import. */
  installed: z.record(z.string(), z.string()),
  torch: z.object({
    computes: z.boolean(),
    cuda: z.string().nullable(),
    gpus: z.array(z.object({ name: z.string(), memory: z.number() })),
    cpu: z.string(),
    bf16: z.boolean(),
    threads: z.number(),
  }).nullable(),
  faiss: z.object({
    computes: z.boolean(),
    options: z.string(),
    gpus: z.number(),
    threads: z.number(),
  }).nullable(),
  openmp: z.array(z.string()).nullable(),
  cpus: z.number(),
});

export type Answer = z.infer<typeof answerSchema>;

/** `failure`: how the process ended, where it did not answer. */
export type Diagnosis =
  | { readonly order: readonly string[]; readonly answer: Answer }
  | { readonly order: readonly string[]; readonly failure: string };

/** Seconds that imports may take. */
const patience = 120;

const program = fileURLToPath(new URL("../../../py/clusterfit/diagnosis.py", import.meta.url));

/** Imports the modules in this order in a process of `executable`. */
export async function diagnose(executable: string, order: readonly string[]): Promise<Diagnosis> {
  try {
    const { success, code, signal, stdout, stderr } = await new Deno.Command(executable, {
      args: ["-I", program, ...order],
      signal: AbortSignal.timeout(1000 * patience),
    }).output();
    const [told = "", errors = ""] = [stdout, stderr].map((b) =>
      new TextDecoder().decode(b).trim()
    );
    if (success) return { order, answer: answerSchema.parse(JSON.parse(told)) };
    const last = errors.split("\n").at(-1) ?? "";
    return { order, failure: `it ended with ${signal ?? `exit code ${code}`} ${last}`.trim() };
  } catch (error) {
    return { order, failure: `it did not answer: ${(error as Error).message}` };
  }
}
