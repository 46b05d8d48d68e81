/** Lists the runs of a folder as a user who may not write there: prints the names and the notes as JSON. For tests that run as
 * root, whom no mode of a folder keeps from writing. */
import process from "node:process";
import { Registry } from "../../src/registry/registry.ts";

if (process.getuid?.() === 0) {
  process.setgid?.(65534);
  process.setuid?.(65534);
}
using registry = Registry.open(Deno.args[0]!);
await registry.refresh({ details: true });
const names = registry.list().map(({ name }) => name);
console.log(JSON.stringify({ names, notes: registry.notes }));
