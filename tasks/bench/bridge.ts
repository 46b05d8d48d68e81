/** `deno task bench bridge [--peer <module>]`: what crossing the bridge costs, beside the floor and, where
 * one is given, beside a module with the API of `@denosaurs/python`. Each row of each side has processes
 * of its own, so that one which crashes or hangs takes no other with it. */
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
import { type Failure, tryChild } from "./child.ts";
import { median } from "./compare.ts";

export interface BridgeOptions {
  readonly setup: Pick<Ready, "python" | "venv">;
  /** How many processes of each side for a row, in turn; shown are medians of their medians. */
  readonly pairs: number;
  /** Path or specifier of a module with the peer's API. */
  readonly peer?: string | undefined;
  /** What is measured; all of it where this is not given. */
  readonly measured?: readonly RowName[];
  /** A process that takes longer for a row is ended; 120 where this is not given. */
  readonly limitSeconds?: number;
  say(line: string): void;
}

interface MeasuredRow {
  readonly row: RowName;
  /** Microseconds, median; none where the side failed. */
  readonly ours?: number;
  readonly floor?: number;
  /** ours / floor. */
  readonly timesFloor?: number;
  readonly peer?: number;
  /** Why a side has no time: the floor is measured in the process of ours. */
  readonly failures: { readonly [side in "ours" | "peer"]?: Failure };
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
const measuredSchema = z.record(z.string(), z.number());

/** Measures. A side that crashes, hangs or gives a wrong answer in a row has a failure there. */
export async function bridge(options: BridgeOptions): Promise<Bridge> {
  const { setup, pairs, peer, measured: names = rowNames } = options;
  const modules = peer === undefined
    ? [["ours", null] as const]
    : [["ours", null] as const, ["peer", await locate(peer)] as const];
  const rounds: Rounds = new Map(names.map((row) => [row, { times: {}, failures: {} }]));
  for (let pair = 1; pair <= pairs; pair++) {
    for (const [row, { times, failures }] of rounds) {
      options.say(`Process ${pair} of ${pairs} of each side: ${rows[row].title}`);
      for (const [side, module] of modules) {
        if (failures[side] !== undefined) continue; // it would again, and a hang takes its time
        const { answer, failure } = await measureChild(options, module, row);
        if (failure !== undefined) failures[side] = failure;
        else {
          for (const [side, time] of Object.entries(measuredSchema.parse(answer))) {
            (times[side] ??= []).push(time);
          }
        }
      }
    }
  }
  const measured = [...rounds].map(([row, found]) => compareRow(row, found));
  const ratios = measured.flatMap(({ row, ours, peer }) =>
    ours === undefined || peer === undefined ? [] : [[row, peer / ours] as const]
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
  const body = measured.map(({ row, ours, floor, timesFloor, peer, failures, reached }) => [
    rows[row].title,
    failures.ours?.how ?? show(ours),
    show(floor),
    timesFloor === undefined ? "" : `${timesFloor.toFixed(2)}x`,
    aimOf(row),
    reached ? "reached" : "MISSED",
    failures.peer?.how ?? show(peer),
    ours === undefined || peer === undefined ? "" : `${(peer / ours).toFixed(1)}x`,
  ]);
  const header = ["work", "ours", "floor", "", "aim", "", "peer", "peer / ours"];
  const { cpu, cpus, deno, python } = machine;
  const failed = measured.flatMap(({ row, failures }) =>
    Object.entries(failures).map(([side, { how, said }]) =>
      `\n${rows[row].title}, ${side}: ${how}. It said:\n${lastLines(said)}\n`
    )
  );
  return `${formatTable([header, ...body])}

Medians, ${pairs} process(es) of each side for a row; ${cpu}, ${cpus} CPUs; Deno ${deno}, CPython ${python}.
The floor is the shortest sequence of FFI calls, written by hand, that does the same safely.
${failed.join("")}`.trimEnd();
}

const lastLines = (said: string) => said.split("\n").slice(-8).join("\n") || "nothing";

interface Found {
  /** Microseconds of each process, by side: "ours", "floor", "peer". */
  readonly times: Record<string, number[]>;
  readonly failures: { [side in "ours" | "peer"]?: Failure };
}

type Rounds = ReadonlyMap<RowName, Found>;

function compareRow(row: RowName, { times, failures }: Found): MeasuredRow {
  const time = (side: string, failure?: Failure) =>
    times[side] === undefined || failure !== undefined ? undefined : median(times[side]);
  const ours = time("ours", failures.ours);
  const floor = time("floor", failures.ours);
  const peer = time("peer", failures.peer);
  const { aim } = rows[row];
  const timesFloor = ours === undefined || floor === undefined ? undefined : ours / floor;
  const reached = "microseconds" in aim
    ? (ours ?? Infinity) <= aim.microseconds
    : (timesFloor ?? Infinity) <= aim.timesFloor;
  return {
    row,
    ...(ours !== undefined && { ours }),
    ...(floor !== undefined && { floor }),
    ...(timesFloor !== undefined && { timesFloor }),
    ...(peer !== undefined && { peer }),
    failures,
    reached,
  };
}

async function measureChild(
  { setup, limitSeconds = 120 }: BridgeOptions,
  module: string | null,
  row: RowName,
) {
  const { prefix, version, libpython } = findInterpreter({ executable: setup.python });
  const packages = join(prefix, "lib", `python${version.replace(/\.\d+$/, "")}`, "site-packages");
  return await tryChild(
    [Deno.execPath(), "run", "--allow-all", "--no-lock", here("bridge/child.ts")],
    { module, row },
    {
      VIRTUAL_ENV: setup.venv,
      // for the peer, which knows neither of virtual environments nor of `sys.path`
      DENO_PYTHON_PATH: libpython,
      PYTHONPATH: `${here("bridge")}:${packages}`,
    },
    { seconds: limitSeconds },
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
  if (microseconds < 1000) return `${microseconds.toPrecision(3)} us`;
  if (microseconds < 1e6) return `${(microseconds / 1e3).toPrecision(3)} ms`;
  return `${(microseconds / 1e6).toPrecision(3)} s`;
}

function aimOf(row: RowName): string {
  const { aim } = rows[row];
  return "timesFloor" in aim ? `${aim.timesFloor}x floor` : show(aim.microseconds);
}
