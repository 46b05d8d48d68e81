/** A side of the comparison: a process that reads JSON and answers with seconds per stage. */
import { z } from "zod";
import type { JsonObject } from "../../src/pipeline/json.ts";
import { type StageName, stageNames } from "./stages.ts";

export type Seconds = Readonly<Record<StageName, number>>;

const secondsSchema = z.record(z.enum(stageNames), z.number());

/** Gives `input` to a new process. Throws with all that it said where it does not end well. */
export async function timeChild(
  [program, ...args]: readonly [program: string, ...args: readonly string[]],
  input: JsonObject,
  env: Readonly<Record<string, string>>,
): Promise<Seconds> {
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
  return secondsSchema.parse(JSON.parse(answer ?? ""));
}
