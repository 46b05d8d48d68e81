/** `deno task layers`: imports point down only, without cycles; packages stay where they belong. */
import { currentEnvironment } from "./lib/environment.ts";
import { checkLayers } from "./lib/layers.ts";
import { readImports } from "./lib/module_graph.ts";

const imports = await readImports(currentEnvironment().root, ["mod.ts", "src", "tasks"]);
const problems = checkLayers(imports);
for (const problem of problems) console.error(problem);
console.log(`layers: ${imports.length} imports, ${problems.length} problems`);
Deno.exit(problems.length === 0 ? 0 : 1);
