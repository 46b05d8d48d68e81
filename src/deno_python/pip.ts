/**
 * Python packages by name, in a folder of their own: nothing is installed into the interpreter.
 *
 * ```ts
 * import { pip } from "clusterfit/deno-python/ext/pip";
 *
 * const np = await pip.import("numpy");
 * const plt = await pip.import("matplotlib", "matplotlib.pyplot");
 * ```
 *
 * @module
 */
import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { python } from "./python.ts";
import { python as bridge } from "./start.ts";
import type { Dynamic } from "./types.ts";

/** Installs packages into one folder and imports them from there. */
export class Pip {
  readonly #folder: string;

  /** Without a folder: one in Deno's cache for each `--location` and each version of Python. */
  constructor(folder: string | URL = defaultFolder()) {
    this.#folder = typeof folder === "string" ? folder : fileURLToPath(folder);
  }

  /** Installs what a pip requirement names: "numpy", "numpy==1.26.4", "pandas[excel]>=2". */
  async install(requirement: string): Promise<void> {
    console.log(`Installing ${requirement}`);
    const { code, stderr } = await new Deno.Command(bridge.info.executable, {
      args: ["-m", "pip", "install", "-q", "--upgrade", "-t", this.#folder, "--", requirement],
      stdin: "null",
    }).output();
    if (code !== 0) {
      const report = new TextDecoder().decode(stderr).trim();
      throw new Error(
        `Cannot install ${requirement}: it needs pip to succeed, found exit code ${code}. ` +
          `Correct what pip says: ${report}`,
      );
    }
    await bridge.start({ path: [this.#folder] });
    python.import("importlib").invalidate_caches();
  }

  /** Installs a package and imports it, or the module of it that is named. */
  async import(requirement: string, entrypoint?: string): Promise<Dynamic> {
    const name = nameOf(requirement);
    await this.install(requirement);
    return python.import(entrypoint ?? moduleOf(name));
  }
}

/** The installer for all that need no folder of their own. */
export const pip: Pip = new Pip();
export default pip;

/** The normalised name of the package that a requirement names. */
function nameOf(requirement: string): string {
  const name = /^\s*([a-z\d](?:[a-z\d._-]*[a-z\d])?)/i.exec(requirement)?.[1];
  if (name === undefined) {
    throw new TypeError(
      `Cannot import "${requirement}": it needs a requirement that starts with a package's name, ` +
        "found none. Write, for example, numpy==1.26.4.",
    );
  }
  return normalised(name);
}

function normalised(name: string): string {
  return name.replaceAll(/[-_.]+/g, "-").toLowerCase();
}

/** The top-level module of a package. */
function moduleOf(name: string): string {
  const packages: ReadonlyMap<string, readonly string[]> = python.import("importlib.metadata")
    .packages_distributions().valueOf();
  const modules = [...packages].flatMap(([module, owners]) =>
    owners.map(normalised).includes(name) ? [module] : []
  );
  const module = modules.find((module) => normalised(module) === name) ?? modules[0];
  if (module !== undefined && (modules.length === 1 || normalised(module) === name)) return module;
  throw new TypeError(
    `Cannot import ${name}: it needs one module, found ` +
      `${modules.length === 0 ? "none" : "several"}. ` +
      `Name one as the second argument${modules.map((module) => `\n  - ${module}`).join("")}`,
  );
}

function defaultFolder(): string {
  const { location } = globalThis;
  const place = location ? createHash("sha256").update(location.href).digest("hex") : "pip";
  return join(denoCache(), "clusterfit", place, bridge.info.version);
}

function denoCache(): string {
  const home = homedir();
  const cache = {
    windows: Deno.env.get("LOCALAPPDATA") ?? join(home, "AppData", "Local"),
    darwin: join(home, "Library", "Caches"),
  }[Deno.build.os as string] ?? Deno.env.get("XDG_CACHE_HOME") ?? join(home, ".cache");
  return Deno.env.get("DENO_DIR") ?? join(cache, "deno");
}
