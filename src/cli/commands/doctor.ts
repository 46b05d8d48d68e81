/** `clusterfit doctor`: what is there, what is wrong, what to do. */
import { Command } from "commander";
import { version } from "../../steps/version.ts";
import { bugReport, describe, examine, isWell } from "../doctor/examine.ts";
import { checks } from "../doctor/list.ts";
import { patient } from "../doctor/patient.ts";
import { addHelp } from "../help.ts";
import { createOutput } from "../output.ts";
import type { Subcommand } from "./command.ts";

export const doctor: Subcommand = {
  name: "doctor",
  about: "look at Python, its packages, memory and disk, and try each part",
  async run(args, { setup }) {
    const command = addHelp(
      new Command("clusterfit doctor")
        .description(
          "Look at everything that a run needs, try each part, and say what is wrong and what to do. " +
            "It begins with the set-up, as every command does, and goes on where that fails. " +
            "The exit code is 1 where something is wrong.",
        )
        .option("--out <folder>", "where run folders are kept", "runs")
        .option("--json", "print one JSON object on stdout", false),
    );
    command.parse([...args], { from: "user" });
    const { out, json } = command.opts<{ out: string; json: boolean }>();
    const output = createOutput({ json });
    const found = await examine(
      checks,
      patient({ out, setup }),
      (one) => output.line(describe(one)),
    );
    const well = isWell(found);
    const report = bugReport(found, { version, home: Deno.env.get("HOME") });
    output.result(
      json ? JSON.stringify({ well, checks: found, report }) : `
${well ? "All is well." : "Something is wrong: see the lines that begin with WRONG."}

For a bug report:

${report}`,
    );
    return well ? 0 : 1;
  },
};
