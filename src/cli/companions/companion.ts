/** Processes beside a run: asked for on its command line, no setting of it. */
import { type Command, InvalidArgumentError } from "commander";
import { wayOf, waysText } from "../../notify/ways/list.ts";
import { parsePort } from "../../server/serve.ts";

/** A process that follows a run from outside. */
export type Companion =
  /** `port`: the one to try first. */
  | { readonly kind: "serve"; readonly port: number }
  | { readonly kind: "notify"; readonly how: string }
  | { readonly kind: "tensorboard" };

const usualPort = 8000;

interface Flags {
  readonly serve?: true | number;
  readonly notify?: readonly string[];
  readonly tensorboard?: true;
}

/** Adds the options that ask for them. */
export function addCompanionOptions(command: Command): void {
  command
    .option(
      "--serve [port]",
      `watch it in the browser: starts a server on this machine, port ${usualPort} unless given`,
      portOf,
    )
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
  const { serve, notify = [], tensorboard } = command.opts<Flags>();
  const port = serve === true ? usualPort : serve;
  return [
    ...(port === undefined ? [] : [{ kind: "serve", port } as const]),
    ...notify.map((how) => ({ kind: "notify", how }) as const),
    ...(tensorboard ? [{ kind: "tensorboard" } as const] : []),
  ];
}

function portOf(text: string): number {
  if (/^\d+$/.test(text)) return parsePort(text);
  throw new InvalidArgumentError(
    `It needs a port, got ${
      JSON.stringify(text)
    }. Where that is meant otherwise, give --serve last.`,
  );
}
