/// <reference lib="deno.worker" />
/** Runs a config file that is code: whatever it does, it does it here, and can be ended. */
import { jsonProblem } from "../pipeline/json.ts";

/** What the worker sends back: the default export as JSON, or what is wrong with it. */
export type ConfigAnswer =
  | { readonly json: string }
  | { readonly thrown: string }
  | { readonly problem: string };

console.log = console.info = console.debug = console.error; // stdout is the result's alone

Deno.exit = (code) => { // would end the worker without an answer
  throw new Error(`it called Deno.exit(${code ?? ""})`);
};

self.onmessage = async ({ data: url }: MessageEvent<string>) => {
  self.postMessage(await answer(url));
};

async function answer(url: string): Promise<ConfigAnswer> {
  try {
    const module = await import(url);
    if (!("default" in module)) return { problem: "it has no `export default`" };
    const problem = jsonProblem(module.default);
    return problem === undefined ? { json: JSON.stringify(module.default) } : { problem };
  } catch (error) {
    return { thrown: error instanceof Error ? error.message : String(error) };
  }
}
