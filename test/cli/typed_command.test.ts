import { expect } from "expect";
import { typedCommand } from "../../src/cli/typed_command.ts";

Deno.test("typedCommand() is what was typed: through npx only where npx started it", () => {
  const args = ["--k", "7"];
  const direct = ["deno", "task", "clusterfit", "--k", "7"];
  expect(typedCommand("clusterfit", args, {})).toEqual(direct);
  expect(typedCommand("clusterfit", args, { npm_command: "run-script" })).toEqual(direct);
  expect(typedCommand("clusterfit", args, { npm_command: "exec" }))
    .toEqual(["npx", "--yes", `deno@${Deno.version.deno}`, "task", "clusterfit", "--k", "7"]);
  expect(typedCommand("reproduce", ["figure3"], {})).toEqual([
    ...["deno", "task", "reproduce", "figure3"],
  ]);
});
