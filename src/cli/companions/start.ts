/** Starts what was asked to be beside a run. */
import { resolve } from "node:path";
import { wayOf } from "../../notify/ways/list.ts";
import { addressVariable, tokenVariable } from "../../notify/ways/webhook.ts";
import { systemClock } from "../../registry/clock.ts";
import type { Companion } from "./companion.ts";
import { serveBeside } from "./server.ts";
import { spawnCompanion, type Spawned } from "./spawn.ts";

/** What only those need that tell people. */
const secrets = [addressVariable, tokenVariable];

/** Starts each in a process of its own. What goes wrong is said; nothing is thrown, and the run need not wait.
 * Resolves once all was said. */
export async function startCompanions(
  companions: readonly Companion[],
  given: { readonly dir: string; readonly say: (line: string) => void },
): Promise<void> {
  const dir = resolve(given.dir);
  // Nobody could catch what is thrown behind the run's back, such as by a terminal that is closed.
  const say = (line: string) => {
    try {
      given.say(line);
    } catch {
      // the run itself finds out
    }
  };
  await Promise.all(companions.map((companion) => start(companion, { dir, say })));
}

async function start(
  companion: Companion,
  { dir, say }: Pick<Spawned, "dir" | "say">,
): Promise<void> {
  switch (companion.kind) {
    case "serve":
      return await serveBeside({
        ...{ dir, say, port: companion.port, clock: systemClock },
        without: secrets,
      });
    case "notify": {
      const { how } = companion;
      const args = ["notify", dir, "--by", how];
      const { name } = wayOf(how, Deno.env.toObject());
      spawnCompanion(args, { dir, say, name: `notify-${name}` });
      return;
    }
    case "tensorboard": {
      const args = ["tensorboard", dir, "--follow"];
      spawnCompanion(args, { dir, say, name: "tensorboard", without: secrets });
    }
  }
}
