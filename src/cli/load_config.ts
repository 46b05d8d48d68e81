/** What the user of a command sets: the config file, then `--set` and flags. */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { UserError } from "../pipeline/errors.ts";
import type { JsonObject } from "../pipeline/json.ts";
import { plainSettings } from "../steps/plain_settings.ts";
import type { ConfigAnswer } from "./config_worker.ts";
import { applySettings, type Options } from "./options.ts";
import { reasonOf } from "./reason.ts";

/** Seconds that a config file in TypeScript may run. */
const patience = 60;

/** Largest config file in JSON, bytes. */
const largest = 1e6;

/** What is set, without defaults. Throws a UserError on a missing or broken file, or values that JSON does not
 * have. A file in TypeScript runs in a worker and is ended after `seconds`. */
export async function loadSettings(
  { config, settings }: Pick<Options, "config" | "settings">,
  seconds = patience,
): Promise<JsonObject> {
  const base = config === undefined ? {} : await readConfigFile(config, seconds);
  return plainSettings(applySettings(base, settings));
}

async function readConfigFile(path: string, seconds: number): Promise<JsonObject> {
  const value: unknown = /\.[cm]?[jt]s$/.test(path)
    ? JSON.parse(await runConfigFile(path, seconds))
    : await readJson(path).catch((error: Error) => {
      throw unreadable(path, error.message);
    });
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UserError(
      `Cannot read the config file ${path}: it needs one object, like { "k": 500 }.`,
    );
  }
  const { $schema: _, ...settings } = value as JsonObject; // for editors
  return settings;
}

async function readJson(path: string): Promise<unknown> {
  using file = await Deno.open(path);
  const bytes = new Uint8Array(largest);
  let length = 0;
  for (let read; (read = await file.read(bytes.subarray(length))) !== null; length += read) {
    if (length === largest) {
      throw new Error(`it has more than ${largest.toLocaleString("en")} bytes`);
    }
  }
  return JSON.parse(new TextDecoder().decode(bytes.subarray(0, length)));
}

/** The default export of a TypeScript or JavaScript file, as JSON. */
async function runConfigFile(path: string, seconds: number): Promise<string> {
  const worker = new Worker(import.meta.resolve("./config_worker.ts"), { type: "module" });
  const { promise, resolve: end } = Promise.withResolvers<ConfigAnswer>();
  worker.onmessage = ({ data }: MessageEvent<ConfigAnswer>) => end(data);
  worker.onerror = (event) => {
    event.preventDefault();
    end({ thrown: event.message });
  };
  const late = { thrown: `it did not come to an end within ${seconds} s` };
  const timer = setTimeout(() => end(late), 1000 * seconds);
  worker.postMessage(pathToFileURL(resolve(path)).href);
  try {
    const answer = await promise;
    if ("json" in answer) return answer.json;
    if ("thrown" in answer) throw unreadable(path, answer.thrown);
    throw new UserError(
      `Cannot read the config file ${path}: it needs a default export of plain values, as JSON has them, like ` +
        `\`export default { k: 500 }\`, but ${answer.problem}.`,
    );
  } finally {
    clearTimeout(timer);
    worker.terminate();
  }
}

function unreadable(path: string, reason: string): UserError {
  return new UserError(
    `Cannot read the config file ${path}: ${reasonOf(reason)}. ` +
      "It needs JSON, or TypeScript with `export default { k: 500 }`.",
  );
}
