/** `clusterfit verify`: everything hashed again. */
import { join, resolve } from "node:path";
import { Command } from "commander";
import { objectsFolder } from "../../pipeline/store.ts";
import type { Damage } from "../../registry/verify/damage.ts";
import { Verifier } from "../../registry/verify/verifier.ts";
import { printable } from "../../report/printable.ts";
import { shellCommand } from "../../report/shell.ts";
import { wrap } from "../../report/wrap.ts";
import { count } from "../../results/count.ts";
import { bytesBar } from "../bytes_bar.ts";
import { addHelp } from "../help.ts";
import { untilInterrupted } from "../interrupt.ts";
import { path } from "../options.ts";
import { createOutput, type Output } from "../output.ts";
import { formatBytes } from "../../report/bytes.ts";
import { namesIn, placeOfRun } from "../run_place.ts";
import type { Subcommand } from "./command.ts";

export const verify: Subcommand = {
  name: "verify",
  about: "hash all files of runs and objects again, and say which are damaged",
  async run(args) {
    const command = addHelp(
      new Command("clusterfit verify")
        .description(
          "Hash again what runs and objects hold, and say what is damaged and what mends it: manifests and " +
            "their files, run.json, each line of the event log, what was published. Without a name, all runs " +
            "and all objects; a file with several hard links is read once. Nothing is changed. The exit code is " +
            "1 where something is damaged.",
        )
        .argument("[run...]", "folders of runs, or their ids; all unless given")
        .option("--runs <folder>", "where run folders are kept", path, "runs")
        .option("--json", "print the result as one JSON object", false),
    );
    command.parse([...args], { from: "user" });
    const { runs, json } = command.opts<{ runs: string; json: boolean }>();
    const output = createOutput({ json });
    return await untilInterrupted((signal) =>
      verifyRuns(command.args, { runs, json, output, signal })
    );
  },
};

interface Asked {
  readonly runs: string;
  readonly json: boolean;
  readonly output: Output;
  readonly signal: AbortSignal;
}

async function verifyRuns(
  named: readonly string[],
  { runs, json, output, signal }: Asked,
): Promise<number> {
  const out = resolve(runs);
  const dirs = named.length > 0
    ? await Promise.all(named.map(async (one) => (await placeOfRun(one, runs)).dir))
    : (await namesIn(out)).map((name) => join(out, name));
  const all = named.length === 0;
  const states = new Map<string, "intact" | "damaged" | "gone">();
  using bar = bytesBar(output, "Verify");
  const verifier = new Verifier({ signal, progress: bar.progress });
  await verifier.measure([...dirs, ...(all ? [join(out, objectsFolder)] : [])]);
  for (const dir of new Set(dirs)) states.set(dir, await verifier.run(dir));
  if (all) await verifier.objects(out);
  bar[Symbol.dispose]();
  const [damage, read] = [verifier.damage(), verifier.read];
  if (json) {
    const verified = [...states].map(([dir, state]) => ({ run: dir, state }));
    output.result(JSON.stringify({ runs: verified, ...read, damage }));
  } else {
    output.result([
      ...[...states].flatMap(([dir, state]) =>
        state === "gone" ? [`${dir} was removed or renamed meanwhile, and is left out.`] : []
      ),
      ...damage.flatMap(damageLines),
      `${
        all
          ? `${count(states.size, "run")} and ${count(read.objects, "object")}`
          : count(states.size, "run")
      }: ` +
      `${count(read.files, "file")}, ${formatBytes(read.bytes)}. ` +
      (damage.length > 0
        ? `${count(damage.length, "file")} damaged.`
        : "All is as it was written."),
    ].join("\n"));
  }
  return damage.length > 0 ? 1 : 0;
}

/** Most further names of a file that are told. */
const most = 3;

function damageLines({ message, mend, command, also }: Damage): string[] {
  const more = also.length > most ? `, and ${also.length - most} more` : "";
  const names = also.length > 0 ? `The same file: ${also.slice(0, most).join(", ")}${more}. ` : "";
  const [first = "", ...rest] = wrap(printable(`${message}.`), 78);
  const mends = `${names}Mends it: ${mend}${command ? ":" : "."}`;
  return [
    first,
    ...[...rest, ...wrap(printable(mends), 78)].map((line) => `  ${line}`),
    ...(command ? [`    ${printable(shellCommand(command))}`] : []), // to be copied as it stands
    "",
  ];
}
