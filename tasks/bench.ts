/**
 * `deno task bench <name> [--json] [--pairs <n>] [--peer <module>]`: measures, shows a table (or one
 * JSON object), and ends with exit code 1 where a limit is missed.
 *
 * `overhead`: the stages of a run against the same work in Python alone. `bridge`: calls and conversions
 * against another bridge, `--peer`. `event-loop`: its delays while a run goes on, against an idle thread's.
 * `loading`: decoding pictures for training, against PyTorch's DataLoader and SPDL, `--peer` its Python.
 * `memory`: what a job takes on 2,000 and on 20,000 pictures. `server`: the status server beside a training.
 */
import { UserError } from "../src/pipeline/errors.ts";
import { bridge, bridgeTable, reachesAims } from "./bench/bridge.ts";
import { eventLoop, eventLoopTable, isPrompt } from "./bench/event_loop.ts";
import { isFast, loading, loadingTable } from "./bench/loading.ts";
import { isFlat, memory, memoryTable } from "./bench/memory.ts";
import { isWithin, overhead, overheadTable } from "./bench/overhead.ts";
import { isServedWell, server, serverTable } from "./bench/server.ts";
import { readArguments } from "./lib/arguments.ts";
import { currentEnvironment } from "./lib/environment.ts";
import { runTask } from "./lib/run_task.ts";
import { ensureSetup, type Ready } from "./setup.ts";

interface Options {
  readonly setup: Ready;
  readonly pairs: number | undefined;
  readonly peer: string | undefined;
  say(line: string): void;
}

interface Measured {
  readonly json: object;
  readonly table: string;
  readonly passed: boolean;
}

const benches: Readonly<Record<string, (options: Options) => Promise<Measured>>> = {
  async overhead(options) {
    const measured = await overhead({ ...options, pairs: options.pairs ?? 5 });
    return { json: measured, table: overheadTable(measured), passed: isWithin(measured) };
  },
  async bridge(options) {
    const measured = await bridge({ ...options, pairs: options.pairs ?? 3 });
    return { json: measured, table: bridgeTable(measured), passed: reachesAims(measured) };
  },
  async "event-loop"(options) {
    const measured = await eventLoop({ ...options, pairs: options.pairs ?? 3 });
    return { json: measured, table: eventLoopTable(measured), passed: isPrompt(measured) };
  },
  async loading(options) {
    const measured = await loading({ ...options, pairs: options.pairs ?? 3 });
    return { json: measured, table: loadingTable(measured), passed: isFast(measured) };
  },
  async memory(options) {
    const measured = await memory(options);
    return { json: measured, table: memoryTable(measured), passed: isFlat(measured) };
  },
  async server(options) {
    const measured = await server({ ...options, pairs: options.pairs ?? 3 });
    return { json: measured, table: serverTable(measured), passed: isServedWell(measured) };
  },
};

async function main(): Promise<number> {
  const { values, positionals } = readArguments({
    options: {
      json: { type: "boolean", default: false },
      pairs: { type: "string" },
      peer: { type: "string" },
    },
    allowPositionals: true,
  });
  const [name = "", ...more] = positionals;
  const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (bench === undefined || more.length > 0) {
    const known = Object.keys(benches).join(", ");
    throw new UserError(
      `deno task bench needs the name of one bench (${known}), got "${positionals.join(" ")}".`,
    );
  }
  const pairs = values.pairs === undefined ? undefined : Number(values.pairs);
  if (pairs !== undefined && (!Number.isInteger(pairs) || pairs < 1)) {
    throw new UserError(`--pairs needs a whole number from 1, got "${values.pairs}".`);
  }
  if (values.peer !== undefined && name !== "bridge" && name !== "loading") {
    throw new UserError(`--peer goes with the benches "bridge" and "loading", not with "${name}".`);
  }
  const setup = await ensureSetup();
  Deno.env.set("VIRTUAL_ENV", setup.venv);
  const { screen } = currentEnvironment();
  const { json, table, passed } = await bench({
    setup,
    pairs,
    peer: values.peer,
    say: (line) => screen.write(`${line}\n`),
  });
  console.log(values.json ? JSON.stringify(json) : `\n${table}`);
  return passed ? 0 : 1;
}

await runTask(main);
