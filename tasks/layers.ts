/** `deno task layers`: imports point down only, without cycles; packages stay where they belong. */
import { readArguments } from "./lib/arguments.ts";
import { currentEnvironment } from "./lib/environment.ts";
import { checkLayers } from "./lib/layers.ts";
import { readImports } from "./lib/module_graph.ts";
import { runTask } from "./lib/run_task.ts";

async function layers(): Promise<number> {
  readArguments({});
  const imports = await readImports(currentEnvironment().root, ["mod.ts", "src", "tasks"]);
  const problems = checkLayers(imports);
  for (const problem of problems) console.error(problem);
  console.log(`layers: ${imports.length} imports, ${problems.length} problems`);
  return problems.length === 0 ? 0 : 1;
}

await runTask(layers);
