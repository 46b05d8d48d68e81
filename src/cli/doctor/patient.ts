/** This process and its surroundings, as the checks look at them. */
import { findInterpreter } from "../../python/discover.ts";
import { LeftOut, type Patient } from "./check.ts";
import { diagnose } from "./diagnosis.ts";
import { answerOf } from "./python.ts";

/** Orders in which packages are imported: those that clashed in the past came in another one. */
const orders = [
  ["torch", "faiss"],
  ["faiss", "torch", "pyarrow"],
  ["pyarrow", "faiss", "torch"],
];
/** Packages that only some runs need: left out where they are not installed. */
const optional = ["pyarrow"];

export function patient({ out, setup }: Pick<Patient, "out" | "setup">): Patient {
  const known: Patient = {
    out,
    setup,
    interpreter: once(() => Promise.try(() => findInterpreter())),
    diagnoses: once(async () => {
      const { executable } = await needed(known.interpreter(), "there is no Python");
      const has = await installed(executable, optional);
      const asked = orders.map((order) =>
        order.filter((name) => !optional.includes(name) || has.includes(name))
      );
      const different = new Map(asked.map((order) => [order.join(), order]));
      const found = [];
      for (const order of different.values()) found.push(await diagnose(executable, order));
      return found;
    }),
    engine: once(async () => {
      // a package that ends its process would end this one
      const answer = answerOf(await needed(known.diagnoses(), "there is no Python"));
      if (!answer?.torch || !answer.faiss) throw new LeftOut("the packages cannot be imported");
      const { startEngine } = await import("../../engine/mod.ts");
      return await startEngine();
    }),
  };
  return known;
}

/** Those of the modules that this Python can find. */
async function installed(executable: string, names: readonly string[]): Promise<string[]> {
  const question = "import sys\nfrom importlib.util import find_spec\n" +
    "print(*[name for name in sys.argv[1:] if find_spec(name)])";
  const { stdout } = await new Deno.Command(executable, {
    args: ["-I", "-c", question, ...names],
    stderr: "null",
  }).output();
  return new TextDecoder().decode(stdout).trim().split(/\s+/);
}

/** What another check tells of in full is left out here. */
async function needed<T>(value: Promise<T>, why: string): Promise<T> {
  try {
    return await value;
  } catch {
    throw new LeftOut(why);
  }
}

function once<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined;
  return () => found ??= find();
}
