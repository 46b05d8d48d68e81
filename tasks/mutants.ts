/**
 * `deno task test:mutants [--only <id or room> ...] [--list]`: do the tests notice? Changes the lines that are
 * listed in tasks/mutants/rooms/, one at a time in a copy of the tree, and runs the nearest tests; tells which
 * changes no test finds, and ends with exit code 1 if there are any. `--list` names them all.
 */
import { UserError } from "../src/pipeline/errors.ts";
import { readArguments } from "./lib/arguments.ts";
import { currentEnvironment } from "./lib/environment.ts";
import { runTask } from "./lib/run_task.ts";
import { copyTree } from "./mutants/copy_tree.ts";
import { mutants } from "./mutants/list.ts";
import type { Mutant } from "./mutants/mutant.ts";
import { conclude, tryMutants } from "./mutants/try_mutants.ts";
import { ensureSetup } from "./setup.ts";

async function main(): Promise<number> {
  const { values: { only, list } } = readArguments({
    options: {
      only: { type: "string", multiple: true, default: [] },
      list: { type: "boolean", default: false },
    },
  });
  const chosen = choose(only);
  if (list) {
    for (const { id, room, breaks } of chosen) console.log(`${room}  ${id}: ${breaks}`);
    return 0;
  }
  const { python, venv } = await ensureSetup({ dev: true });
  const [root, scratch] = [await temporary(), await temporary()];
  try {
    await copyTree(currentEnvironment().root, root);
    const tried = await tryMutants(chosen, {
      ...{ root, scratch, python, say: console.log },
      // A compiled module must not outlive the change of its source.
      env: { VIRTUAL_ENV: venv, NO_COLOR: "1", PYTHONDONTWRITEBYTECODE: "1" },
    });
    console.log(conclude(tried));
    return tried.every(({ killedBy }) => killedBy !== undefined) ? 0 : 1;
  } finally {
    for (const folder of [root, scratch]) await Deno.remove(folder, { recursive: true });
  }
}

/** Those with one of these ids or in one of these rooms; all where none is given. */
function choose(only: readonly string[]): readonly Mutant[] {
  const unknown = only.find((name) =>
    !mutants.some(({ id, room }) => name === id || name === room)
  );
  if (unknown !== undefined) {
    const rooms = [...new Set(mutants.map(({ room }) => room))].join(", ");
    throw new UserError(
      `Cannot try "${unknown}": it needs a room (${rooms}) or the id of a mutant. See --list.`,
    );
  }
  if (only.length === 0) return mutants;
  return mutants.filter(({ id, room }) => only.includes(id) || only.includes(room));
}

async function temporary(): Promise<string> {
  return await Deno.realPath(await Deno.makeTempDir({ prefix: "clusterfit-mutants-" }));
}

await runTask(main);
