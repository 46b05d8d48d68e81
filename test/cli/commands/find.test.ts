import { expect } from "expect";
import { commandList, findCommand } from "../../../src/cli/commands/find.ts";
import { subcommands } from "../../../src/cli/commands/list.ts";
import { UserError } from "../../../src/pipeline/errors.ts";

const commands = ["cluster", "doctor"].map((name) => ({
  ...{ name, about: `about ${name}` },
  run: () => Promise.resolve(0),
}));

Deno.test("the first argument is a command, or begins the options of a run", () => {
  expect(findCommand("doctor", commands)).toBe(commands[1]);
  expect(findCommand("--k", commands)).toBeUndefined();
  expect(findCommand(undefined, commands)).toBeUndefined();
});

Deno.test("for a command that there is not, the nearest one is named", () => {
  expect(() => findCommand("clsuter", commands)).toThrow(UserError);
  expect(() => findCommand("clsuter", commands)).toThrow(
    'Cannot run "clsuter": it needs a command or an option. Did you mean cluster?',
  );
  expect(() => findCommand("photos", commands)).toThrow("(--help lists them)");
});

Deno.test("the list has a line for each command, and no name twice", () => {
  expect(commandList(commands)).toBe("  cluster  about cluster\n  doctor   about doctor");
  const long = { name: "x", about: "word ".repeat(20).trim() };
  expect(commandList([long])).toBe(
    `  x  ${"word ".repeat(15).trim()}\n     ${"word ".repeat(5).trim()}`,
  );
  expect(new Set(subcommands.map(({ name }) => name)).size).toBe(subcommands.length);
});
