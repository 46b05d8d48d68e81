/** `deno task bench bridge [--peer <module>]`: what crossing the bridge costs, beside the floor and, where
 * one is given, beside a module with the API of `@denosaurs/python`. */
import os from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { z } from "zod";
import { findInterpreter } from "clusterfit/python";
import { UserError } from "../../src/pipeline/errors.ts";
import { unlessMissing } from "../../src/pipeline/files.ts";
import { formatTable } from "../lib/table.ts";
import type { Ready } from "../setup.ts";
import { type RowName, rowNames, rows } from "./bridge/rows.ts";
import { askChild } from "./child.ts";
import { median } from "./compare.ts";

export interface BridgeOptions {
  readonly setup: Pick<Ready, "python" | "venv">;
  /** How many processes of each side, in turn; shown are medians of their medians. */
  readonly pairs: number;
  /** Path or specifier of a module with the peer's API. */
  readonly peer?: string | undefined;
  say(line: string): void;
}

interface MeasuredRow {
  readonly row: RowName;
  /** Microseconds, median. */
  readonly ours: number;
  readonly floor?: number;
  /** ours / floor. */
  readonly timesFloor?: number;
  readonly peer?: number;
  /** Whether the aim of the row is reached. */
  readonly reached: boolean;
}

export interface Bridge {
  readonly bench: "bridge";
  readonly unit: "us";
  readonly pairs: number;
  readonly rows: readonly MeasuredRow[];
  /** Time of the peer / ours. */
  readonly ratios?: Readonly<Record<string, number>>;
  readonly machine: {
    readonly cpu: string;
    readonly cpus: number;
    readonly deno: string;
    readonly python: string;
  };
}

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const measuredSchema = z.record(z.string(), z.record(z.string(), z.number()));
type Times = Partial<Record<RowName, number>>;

/** Measures. Throws where a side gives a wrong answer. */
export async function bridge({ setup, pairs, peer, say }: BridgeOptions): Promise<Bridge> {
  const found: Record<string, Times[]> = {};
  const modules = peer === undefined ? [null] : [null, await locate(peer)];
  for (let pair = 1; pair <= pairs; pair++) {
    for (const module of modules) {
      const name = module === null ? "clusterfit/python and the floor" : peer;
      say(`Process ${pair} of ${pairs}: ${name}`);
      const measured = measuredSchema.parse(await measureChild(setup, module));
      for (const [side, times] of Object.entries(measured)) (found[side] ??= []).push(times);
    }
  }
  const time = (side: string, row: RowName) => {
    const times = (found[side] ?? []).flatMap(({ [row]: time }) => time === undefined ? [] : time);
    return times.length === 0 ? undefined : median(times);
  };
  const measured = rowNames.map((row) =>
    compareRow(row, {
      ours: time("ours", row)!,
      floor: time("floor", row),
      peer: time("peer", row),
    })
  );
  const ratios = measured.flatMap(({ row, ours, peer }) =>
    peer === undefined ? [] : [[row, peer / ours] as const]
  );
  return {
    bench: "bridge",
    unit: "us",
    pairs,
    rows: measured,
    ...(peer !== undefined && { ratios: Object.fromEntries(ratios) }),
    machine: {
      cpu: os.cpus()[0]?.model.trim() ?? "unknown",
      cpus: navigator.hardwareConcurrency,
      deno: Deno.version.deno,
      python: findInterpreter({ executable: setup.python }).version,
    },
  };
}

/** Whether every aim is reached. */
export function reachesAims({ rows }: Bridge): boolean {
  return rows.every(({ reached }) => reached);
}

export function bridgeTable({ rows: measured, pairs, machine }: Bridge): string {
  const body = measured.map(({ row, ours, floor, timesFloor, peer, reached }) => [
    rows[row].title,
    show(ours),
    show(floor),
    timesFloor === undefined ? "" : `${timesFloor.toFixed(2)}x`,
    aimOf(row),
    reached ? "reached" : "MISSED",
    show(peer),
    peer === undefined ? "" : `${(peer / ours).toFixed(1)}x`,
  ]);
  const header = ["work", "ours", "floor", "", "aim", "", "peer", "peer / ours"];
  const { cpu, cpus, deno, python } = machine;
  return `${formatTable([header, ...body])}

Medians, ${pairs} process(es) of each side; ${cpu}, ${cpus} CPUs; Deno ${deno}, CPython ${python}.
The floor is the shortest sequence of FFI calls, written by hand, that does the same safely.`;
}

function compareRow(
  row: RowName,
  { ours, floor, peer }: { ours: number; floor: number | undefined; peer: number | undefined },
): MeasuredRow {
  const aim = rows[row].aim;
  const timesFloor = floor === undefined ? undefined : ours / floor;
  const reached = "microseconds" in aim
    ? ours <= aim.microseconds
    : (timesFloor ?? Infinity) <= aim.timesFloor;
  return {
    row,
    ours,
    ...(floor !== undefined && { floor }),
    ...(timesFloor !== undefined && { timesFloor }),
    ...(peer !== undefined && { peer }),
    reached,
  };
}

async function measureChild(setup: BridgeOptions["setup"], module: string | null) {
  const { prefix, version, libpython } = findInterpreter({ executable: setup.python });
  const packages = join(prefix, "lib", `python${version.replace(/\.\d+$/, "")}`, "site-packages");
  return await askChild(
    [Deno.execPath(), "run", "--allow-all", "--no-lock", here("bridge/child.ts")],
    { module },
    {
      VIRTUAL_ENV: setup.venv,
      // for the peer, which knows neither of virtual environments nor of `sys.path`
      DENO_PYTHON_PATH: libpython,
      PYTHONPATH: `${here("bridge")}:${packages}`,
    },
  );
}

/** The specifier of the peer; a path becomes a URL. @throws {UserError} where it cannot be loaded. */
async function locate(peer: string): Promise<string> {
  const isFile = await unlessMissing(Deno.stat(peer)) !== undefined;
  const module = isFile ? pathToFileURL(resolve(peer)).href : peer;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--no-lock", "--json", module],
    stdin: "null",
  }).output();
  const { roots, modules } = infoSchema.parse(JSON.parse(new TextDecoder().decode(stdout)));
  const error = modules.find(({ specifier }) => specifier === roots[0])?.error;
  if (error === undefined) return module;
  throw new UserError(
    `--peer needs a module with the API of @denosaurs/python, got "${peer}": ${error}`,
  );
}

const infoSchema = z.object({
  roots: z.array(z.string()),
  modules: z.array(z.object({ specifier: z.string(), error: z.string().optional() })),
});

function show(microseconds: number | undefined): string {
  if (microseconds === undefined) return "";
  return microseconds < 1000
    ? `${microseconds.toPrecision(3)} us`
    : `${(microseconds / 1000).toPrecision(3)} ms`;
}

function aimOf(row: RowName): string {
  const { aim } = rows[row];
  return "timesFloor" in aim ? `${aim.timesFloor}x floor` : show(aim.microseconds);
}
