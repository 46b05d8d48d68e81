/** Measures in a process of its own: `{ module, row }`, the peer's or null for our side and the floor, as
 * JSON on standard input; `Measured` as JSON on standard output. */
import { fileURLToPath } from "node:url";
import { python } from "clusterfit/python";
import { floor } from "./floor.ts";
import { measure } from "./measure.ts";
import { ours } from "./ours.ts";
import { peer, tensorPart } from "./peer.ts";
import type { RowName, Side } from "./rows.ts";

const { module, row }: { module: string | null; row: RowName } = await new Response(
  Deno.stdin.readable,
).json();

async function sides(): Promise<Record<string, Side>> {
  if (module !== null) return { peer: await peer(module) };
  await python.start({ path: [fileURLToPath(new URL(".", import.meta.url))] });
  return { ours: ours(), floor: floor() };
}

const measured = await measure(await sides(), row);
if (row === "tensorView" && measured.peer !== undefined) measured.peer *= tensorPart;
console.log(JSON.stringify(measured));
