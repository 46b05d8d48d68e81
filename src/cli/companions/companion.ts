/** Processes beside a run: asked for on its command line, no setting of it. */
import type { Command } from "commander";
import { wayOf, waysText } from "../../notify/ways/list.ts";

/** A process that follows a run from outside. */
export type Companion =
  | { readonly kind: "notify"; readonly how: string }
  | { readonly kind: "tensorboard" };

interface Flags {
  readonly notify?: readonly string[];
  readonly tensorboard?: true;
}

/** Adds the options that ask for them. */
export function addCompanionOptions(command: Command): void {
  command
    .option(
      "--notify <how>",
      `tell when it finishes, fails, diverges or stands still, by ${waysText}; may be repeated`,
      (how: string, before: readonly string[] = []) => {
        wayOf(how, Deno.env.toObject()); // what it lacks is told before hours of training
        return [...before, how];
      },
    )
    .option("--tensorboard", "write event files for TensorBoard, in the folder of the run");
}

/** What the parsed options ask for. */
export function companionsOf(command: Command): readonly Companion[] {
  const { notify = [], tensorboard } = command.opts<Flags>();
  return [
    ...notify.map((how) => ({ kind: "notify", how }) as const),
    ...(tensorboard ? [{ kind: "tensorboard" } as const] : []),
  ];
}
