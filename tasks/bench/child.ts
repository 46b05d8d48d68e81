/** A side of a comparison: a process that reads JSON and answers with JSON. */
import type { JsonObject } from "../../src/pipeline/json.ts";

type Command = readonly [program: string, ...args: readonly string[]];

/** Why there is no answer. */
export interface Failure {
  /** "crashed (SIGSEGV)", "crashed (exit code 1)", "hung (60 s)" or "no answer". */
  readonly how: string;
  /** All that the process wrote to standard error, or, where that is nothing, to standard output. */
  readonly said: string;
}

/** What a process answered, or why it did not. */
export type Ended =
  | { readonly answer: unknown; readonly failure?: undefined }
  | { readonly answer?: undefined; readonly failure: Failure };

interface Limits {
  /** A process that takes longer is ended. */
  readonly seconds?: number;
}

/** Gives `input` to a new process, whose last line is the answer. Throws with all that it said where it does not end well. */
export async function askChild(
  command: Command,
  input: JsonObject,
  env: Readonly<Record<string, string>>,
): Promise<unknown> {
  const { answer, failure } = await tryChild(command, input, env);
  if (failure === undefined) return answer;
  throw new Error(`${command.join(" ")} failed: ${failure.how}. It said:\n${failure.said}`);
}

/** The same; where the process does not end well, how it ended is the result. */
export async function tryChild(
  [program, ...args]: Command,
  input: JsonObject,
  env: Readonly<Record<string, string>>,
  { seconds }: Limits = {},
): Promise<Ended> {
  const command = new Deno.Command(program, {
    args: [...args],
    env: { ...env, NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  });
  await using child = command.spawn();
  const output = child.output();
  let hung = false;
  const limit = seconds === undefined ? undefined : setTimeout(() => {
    hung = true;
    child.kill("SIGKILL"); // what hangs in C hears nothing else
  }, 1000 * seconds);
  try {
    const written = new Blob([JSON.stringify(input)]).stream().pipeTo(child.stdin);
    await written.catch(() => {}); // it ended before it had read: the status says how
    const { success, code, signal, stdout, stderr } = await output;
    const [answer, said] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    const failed = (how: string): Ended => ({ failure: { how, said: (said || answer)!.trim() } });
    if (hung) return failed(`hung (${seconds} s)`);
    if (!success) return failed(`crashed (${signal ?? `exit code ${code}`})`);
    try {
      return { answer: JSON.parse(answer!.trim().split("\n").at(-1)!) };
    } catch {
      return failed("no answer");
    }
  } finally {
    clearTimeout(limit);
  }
}
