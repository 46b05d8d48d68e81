/** A side of a comparison: a process that reads JSON and answers with JSON. */
import type { JsonObject } from "../../src/pipeline/json.ts";

/** Gives `input` to a new process, whose last line is the answer. Throws with all that it said where it does not end well. */
export async function askChild(
  [program, ...args]: readonly [program: string, ...args: readonly string[]],
  input: JsonObject,
  env: Readonly<Record<string, string>>,
): Promise<unknown> {
  const command = new Deno.Command(program, {
    args: [...args],
    env,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  });
  await using child = command.spawn();
  const output = child.output();
  await new Blob([JSON.stringify(input)]).stream().pipeTo(child.stdin);
  const { success, stdout, stderr } = await output;
  const [answer, said] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  if (!success) throw new Error(`${program} ${args.join(" ")} failed:\n${said}`);
  return JSON.parse(answer?.trim().split("\n").at(-1) ?? "");
}
