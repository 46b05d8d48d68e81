/** Opens a folder, and prints the bytes of memory that its collection keeps. Run with --v8-flags=--expose-gc. */
import type { Collection } from "../../../src/data/pictures/collection.ts";
import { open } from "./toy_folder.ts";

const { gc } = globalThis as unknown as { gc(): void };

function kept(): number {
  gc();
  const { heapUsed, external } = Deno.memoryUsage();
  return heapUsed + external;
}

const opened: Collection[] = [await open(Deno.args[0]!)]; // with it all code is there
const before = kept();
opened.push(await open(Deno.args[0]!));
console.log(kept() - before);
// What is not used any more may be collected.
if (opened.some(({ names }) => names.length === 0)) throw new Error("nothing was opened");
