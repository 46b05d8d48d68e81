import { expect } from "expect";
import { askAll } from "../../../src/cli/init/ask.ts";
import { pathsOf, questions } from "../../../src/cli/init/questions.ts";
import { UserError } from "../../../src/pipeline/errors.ts";
import type { JsonObject } from "../../../src/pipeline/json.ts";

/** A terminal on which `answers` are typed, one after the other. */
function typing(answers: readonly string[]) {
  const [asked, said]: [string[], string[]] = [[], []];
  const rest = [...answers];
  return {
    asked,
    said,
    ask(question: string) {
      asked.push(question);
      return rest.shift() ?? null;
    },
    say: (line: string) => void said.push(line),
  };
}

const accept = async () => {};

Deno.test("empty answers are the defaults, which the questions show", async () => {
  const terminal = typing(["", "", "", "", ""]);
  const settings = { data: "icons", teacher: "rotnet", arch: "resnet10-small", k: 500, epochs: 24 };
  expect(await askAll(questions, accept, terminal)).toEqual(settings);
  expect(terminal.asked.map((question) => /\[(.*)\]:$/.exec(question)?.[1]))
    .toEqual(["icons", "rotnet", "resnet10-small", "500", "24"]);
  expect(await askAll(questions, accept, null)).toEqual(settings);
});

Deno.test("pictures of one's own have other defaults, and targets", async () => {
  const terminal = typing(["photos", "timm:resnet18", "", "", "a=x/a, b=y=z", "3"]);
  expect(await askAll(questions, accept, terminal)).toEqual({
    ...{ data: "photos", teacher: "timm:resnet18", arch: "resnet18", k: "auto" },
    ...{ target: { a: "x/a", b: "y=z" }, epochs: 3 },
  });
});

Deno.test("an answer that cannot be taken is said, and asked for again", async () => {
  const check = (settings: JsonObject) => {
    if (settings["k"] === "many") throw new UserError("Cannot set k.");
    return Promise.resolve();
  };
  const terminal = typing(["photos", "", "", "many", "9", "plants", "-", ""]);
  const settings = await askAll(questions, check, terminal);
  expect(settings).toMatchObject({ k: 9 });
  expect(settings).not.toHaveProperty("target");
  expect(terminal.said).toEqual([
    "  Cannot set k.",
    '  Cannot read the target "plants": it needs a name and pictures, as in plants=labelled/plants.',
  ]);
});

Deno.test("a fault is no answer's, and an input that ends is told", async () => {
  const broken = () => Promise.reject(new TypeError("broken"));
  await expect(askAll(questions, broken, typing(["icons"]))).rejects.toThrow(TypeError);
  await expect(askAll(questions, accept, typing(["icons"]))).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringContaining("found the end of the input. Nothing is written."),
  });
});

Deno.test("pathsOf() names what has to be on the disk", () => {
  expect(pathsOf({ data: "icons", k: 3 })).toEqual([]);
  expect(pathsOf({ data: "photos", target: { a: "x", b: "y" } })).toEqual(["photos", "x", "y"]);
});
